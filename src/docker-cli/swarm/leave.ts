import type { CommandSpec } from '../command.ts';
import { flag } from '../flags/flag.ts';
import { toggle } from '../flags/types.ts';

export const leave: CommandSpec = {
  use: 'leave [OPTIONS]',
  short: 'Leave the swarm',
  args: { exactly: 0 },
  flags: [flag('force', toggle, 'Force this node to leave the swarm, ignoring warnings', { short: 'f' })],
  run({ client, flags, output }) {
    client.post('/swarm/leave', { query: { force: flags.bool('force') ? '1' : undefined } });
    output.line('Node left the swarm.');
  },
};
