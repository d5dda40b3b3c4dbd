import type { CommandSpec } from '../command.ts';
import { systemInfo } from '../engine/info.ts';
import { CommandFailure } from '../failure.ts';

export const unlock: CommandSpec = {
  use: 'unlock',
  short: 'Unlock swarm',
  args: { exactly: 0 },
  flags: [],
  run({ client, stdin }) {
    const state = systemInfo(client).Swarm.LocalNodeState;
    if (state === 'inactive') throw new CommandFailure('Error: This node is not part of a swarm');
    if (state !== 'locked') throw new CommandFailure('Error: swarm is not locked');
    const UnlockKey = stdin.split('\n', 1)[0]!.trim();
    client.post('/swarm/unlock', { body: { UnlockKey } });
  },
};
