import type { CommandSpec } from '../command.ts';
import { listServices } from '../engine/services.ts';
import { filterFlag, listFormat, quiet } from '../flags/shared.ts';
import type { Filters } from '../flags/types.ts';
import { countTasks } from '../service/count-tasks.ts';
import { renderServices } from '../service/list-view.ts';
import { checkStackName, ofStack } from './stack-name.ts';

export const services: CommandSpec = {
  use: 'services [OPTIONS] STACK',
  short: 'List the services in the stack',
  args: { exactly: 1 },
  flags: [filterFlag, listFormat, quiet('Only display IDs')],
  run({ client, flags, args, output }) {
    const stack = checkStackName(args[0]!);
    const options = { format: flags.string('format'), quiet: flags.bool('quiet') };
    const filters = ofStack(stack, flags.get<Filters>('filter'));
    const found = listServices(client, { filters, status: !options.quiet });
    if (found.length === 0) output.errorLine(`Nothing found in stack: ${stack}`);
    else output.out(renderServices(options.quiet ? found : countTasks(client, found), options));
  },
};
