import type { CommandSpec } from '../command.ts';
import { changeNodes } from './change.ts';

export const promote: CommandSpec = {
  use: 'promote NODE [NODE...]',
  short: 'Promote one or more nodes to manager in the swarm',
  args: { atLeast: 1 },
  flags: [],
  run({ client, args, output }) {
    changeNodes(client, args, {
      change({ ID, Spec }) {
        if (Spec.Role !== 'manager') return { ...Spec, Role: 'manager' };
        output.line(`Node ${ID} is already a manager.`);
        return undefined;
      },
      done: (reference) => output.line(`Node ${reference} promoted to a manager in the swarm.`),
    });
  },
};
