import { placeOf, runsAt } from './story.ts';
import type { Surprise } from './surprise.ts';

export const tasksPileUp: Surprise = {
  code: 'tasks-pile-up',
  rule: 'A start-first update that is replaced by another one leaves its tasks running until the next one removes them; several in a row pile up.',
  recognise({ name, tasks }) {
    const ran = tasks.filter(({ runningFrom }) => runningFrom !== undefined);
    for (const { runningFrom: at = 0 } of ran) {
      const there = ran.filter((task) => runsAt(task, at));
      const slots = new Set(there.map(placeOf)).size;
      const most = Math.max(...there.map((task) => there.filter((other) => placeOf(other) === placeOf(task)).length));
      if (most >= 3)
        return { at, text: `${there.length} tasks of ${name} ran at once in ${slots} slots, up to ${most} in one` };
    }
    return undefined;
  },
};
