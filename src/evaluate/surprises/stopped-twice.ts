import { type Micros, seconds } from '../../base/index.ts';
import type { Surprise } from './surprise.ts';

export const stoppedTwice: Surprise = {
  code: 'stopped-twice',
  rule: 'An agent begins to stop a task one second after it is told to; told something else within that second, it stops the task at once, and once more when the second is over.',
  recognise({ name, tasks }, { records }) {
    const ofContainers = records.filter(
      (record) => record.kind === 'container.stop-requested' || record.kind === 'container.exited',
    );
    for (const { task, node, runningFrom } of tasks) {
      if (runningFrom === undefined) continue;
      const [first, second] = ofContainers.filter(({ container }) => container.endsWith(`.${task}`));
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
