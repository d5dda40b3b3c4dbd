import type { CommandSpec } from '../command.ts';
import { removeNode } from '../engine/objects.ts';
import { Failures } from '../failure.ts';
import { flag } from '../flags/flag.ts';
import { toggle } from '../flags/types.ts';

export const rm: CommandSpec = {
  use: 'rm [OPTIONS] NODE [NODE...]',
  short: 'Remove one or more nodes from the swarm',
  aliases: ['remove'],
  args: { atLeast: 1 },
  flags: [flag('force', toggle, 'Force remove a node from the swarm', { short: 'f' })],
  run({ client, flags, args, output }) {
    const failures = new Failures();
    for (const reference of args) {
      failures.attempt(() => {
        removeNode(client, reference, { force: flags.bool('force') });
        output.line(reference);
      });
    }
    failures.throwIfAny();
  },
};
