import { byPlace, runsAt } from './story.ts';
import type { Surprise } from './surprise.ts';

export const tasksPileUp: Surprise = {
  code: 'tasks-pile-up',
  rule: 'A start-first update that is replaced by another one leaves its tasks running until the next one removes them; several in a row pile up.',
  recognise({ name, tasks }) {
    const ran = tasks.filter(({ runningFrom }) => runningFrom !== undefined);
    const moments = [...byPlace(ran).values()].flatMap((there) =>
      there.map(({ runningFrom: at = 0 }) => ({ at, most: there.filter((task) => runsAt(task, at)).length })),
    );
    const [first] = moments.filter(({ most }) => most >= 3).sort((a, b) => a.at - b.at || b.most - a.most);
    if (!first) return undefined;
    const there = ran.filter((task) => runsAt(task, first.at));
    return {
      at: first.at,
      text: `${there.length} tasks of ${name} ran at once in ${byPlace(there).size} slots, up to ${first.most} in one`,
    };
  },
};
