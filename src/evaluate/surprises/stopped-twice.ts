import { type Micros, seconds } from '../../base/index.ts';
import type { RecordOf, Story } from './story.ts';
import type { Surprise } from './surprise.ts';

export const stoppedTwice: Surprise = {
  code: 'stopped-twice',
  rule: 'An agent begins to stop a task one second after it is told to; told something else within that second, it stops the task at once, and once more when the second is over.',
  recognise({ name, tasks }, { records }) {
    const steps = stepsOfContainers(records);
    for (const { task, node, runningFrom } of tasks) {
      if (runningFrom === undefined) continue;
      const [first, second] = steps.get(task) ?? [];
      if (first?.kind !== 'container.stop-requested' || second?.kind !== 'container.stop-requested') continue;
      if (second.at - first.at > SECOND) continue;
      return {
        at: second.at,
        text: `a task of ${name} on ${node} was stopped twice at the same time: it was told to stop, and within a second to go`,
      };
    }
    return undefined;
  },
};

const SECOND: Micros = seconds(1);

type Step = RecordOf<'container.stop-requested' | 'container.exited'>;

/** By task, after which engines name containers. */
function stepsOfContainers(records: Story['records']): ReadonlyMap<string, readonly Step[]> {
  const steps = new Map<string, Step[]>();
  for (const record of records) {
    if (record.kind !== 'container.stop-requested' && record.kind !== 'container.exited') continue;
    const task = record.container.slice(record.container.lastIndexOf('.') + 1);
    const known = steps.get(task);
    if (known) known.push(record);
    else steps.set(task, [record]);
  }
  return steps;
}
