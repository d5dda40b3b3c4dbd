import type { CommandSpec } from '../command.ts';
import { systemInfo } from '../engine/info.ts';
import { listNodes } from '../engine/objects.ts';
import { filterFlag, listFormat, quiet } from '../flags/shared.ts';
import type { Filters } from '../flags/types.ts';
import { renderNodes } from './list-view.ts';

export const ls: CommandSpec = {
  use: 'ls [OPTIONS]',
  short: 'List nodes in the swarm',
  aliases: ['list'],
  args: { exactly: 0 },
  flags: [filterFlag, listFormat, quiet('Only display IDs')],
  run({ client, flags, output }) {
    const options = { format: flags.string('format'), quiet: flags.bool('quiet') };
    const nodes = listNodes(client, flags.get<Filters>('filter'));
    const swarm = nodes.length > 0 && !options.quiet ? systemInfo(client).Swarm : undefined;
    output.out(renderNodes(nodes, swarm, options));
  },
};
