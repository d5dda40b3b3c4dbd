import { type Micros, seconds } from '../../base/index.ts';
import type { Surprise } from './surprise.ts';

export const stoppedTwice: Surprise = {
  code: 'stopped-twice',
  rule: 'An agent begins to stop a task one second after it is told to; told something else within that second, it stops the task at once, and once more when the second is over.',
  recognise({ name, tasks }, story) {
    const stops = byTask(story.of('container.stop-requested'));
    const exits = byTask(story.of('container.exited'));
    for (const { task, node, runningFrom } of tasks) {
      const [first, second] = stops.get(task) ?? [];
      if (runningFrom === undefined || !first || !second || second.at - first.at > SECOND) continue;
      const isOver = exits.get(task)?.some(({ seq }) => seq < second.seq);
      if (isOver) continue;
      return {
        at: second.at,
        text: `a task of ${name} on ${node} was stopped twice at the same time: it was told to stop, and within a second to go`,
      };
    }
    return undefined;
  },
};

const SECOND: Micros = seconds(1);

/** Engines name containers after their tasks. */
function byTask<R extends { readonly container: string }>(records: readonly R[]): ReadonlyMap<string, readonly R[]> {
  const known = new Map<string, R[]>();
  for (const record of records) {
    const task = record.container.slice(record.container.lastIndexOf('.') + 1);
    const alike = known.get(task);
    if (alike) alike.push(record);
    else known.set(task, [record]);
  }
  return known;
}
