import { runsAt } from './story.ts';
import type { Surprise } from './surprise.ts';

export const nodeLeftOut: Surprise = {
  code: 'node-left-out',
  rule: 'An update of a global service passes over nodes that are paused or down, and is completed without them; their tasks are neither updated nor replaced elsewhere.',
  recognise({ name, statuses, tasks }) {
    for (const { at, state } of statuses) {
      if (state !== 'completed') continue;
      const newest = Math.max(...tasks.filter(({ createdAt }) => createdAt <= at).map(({ version }) => version));
      const old = tasks.find(
        (task) => task.isBound && task.version < newest && task.stopWantedAt === undefined && runsAt(task, at),
      );
      if (old) return { at, text: `the update of ${name} is completed, and ${old.node} still has ${old.image}` };
    }
    return undefined;
  },
};
