import type { CommandSpec } from '../command.ts';
import { listServices } from '../engine/services.ts';
import { filterFlag, listFormat, quiet } from '../flags/shared.ts';
import type { Filters } from '../flags/types.ts';
import { countTasks } from './count-tasks.ts';
import { renderServices } from './list-view.ts';

export const ls: CommandSpec = {
  use: 'ls [OPTIONS]',
  short: 'List services',
  aliases: ['list'],
  args: { exactly: 0 },
  flags: [filterFlag, listFormat, quiet('Only display IDs')],
  run({ client, flags, output }) {
    const options = { format: flags.string('format'), quiet: flags.bool('quiet') };
    const services = listServices(client, {
      filters: flags.get<Filters>('filter') ?? {},
      status: !options.quiet,
    });
    output.out(renderServices(options.quiet ? services : countTasks(client, services), options));
  },
};
