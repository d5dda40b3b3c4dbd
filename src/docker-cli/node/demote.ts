import type { CommandSpec } from '../command.ts';
import { changeNodes } from './change.ts';

export const demote: CommandSpec = {
  use: 'demote NODE [NODE...]',
  short: 'Demote one or more nodes from manager in the swarm',
  args: { atLeast: 1 },
  flags: [],
  run({ client, args, output }) {
    changeNodes(client, args, {
      change({ ID, Spec }) {
        if (Spec.Role !== 'worker') return { ...Spec, Role: 'worker' };
        output.line(`Node ${ID} is already a worker.`);
        return undefined;
      },
      done: (reference) => output.line(`Manager ${reference} demoted in the swarm.`),
    });
  },
};
