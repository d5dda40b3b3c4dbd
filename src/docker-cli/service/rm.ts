import type { CommandSpec } from '../command.ts';
import { removeService } from '../engine/services.ts';
import { Failures } from '../failure.ts';

export const rm: CommandSpec = {
  use: 'rm SERVICE [SERVICE...]',
  short: 'Remove one or more services',
  aliases: ['remove'],
  args: { atLeast: 1 },
  flags: [],
  run({ client, args, output }) {
    const failures = new Failures();
    for (const reference of args) {
      failures.attempt(() => {
        removeService(client, reference);
        output.line(reference);
      });
    }
    failures.throwIfAny();
  },
};
