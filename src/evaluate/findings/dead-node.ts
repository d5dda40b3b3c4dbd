import { nodeLost } from '../check/battery.ts';
import type { FindingRule } from '../check/rule.ts';
import { lossIn } from '../check/timeline.ts';
import { assumptionBehind, waitingTask } from '../check/waiting.ts';
import { time } from '../words.ts';

export const deadNode: FindingRule = {
  code: 'dead-node',
  question: 'Q18',
  rule: 'A node is down when three heartbeats of 5 s are missing; then its tasks are replaced elsewhere after the restart delay. Until then they count as running.',
  find(subject) {
    const { replicas } = subject;
    if (!replicas || subject.restart.condition === 'none') return undefined;
    const rollout = subject.rollout(nodeLost);
    const loss = lossIn(rollout);
    if (!loss || loss.noticed === undefined) return undefined;
    const { lost, noticed, restored } = loss;
    if (restored === undefined) {
      const why = waitingTask(rollout);
      const message = `When a node dies, what ran there (${lost} of ${replicas} tasks) does not come back: ${why ?? 'no task is made in its place'}.${assumptionBehind(subject, why)}`;
      return { severity: 'problem', message, at: ['deploy', 'placement'], shownBy: nodeLost };
    }
    const message = `A dead node is noticed after ${time(noticed)}; what ran there (${lost} of ${replicas} tasks) runs elsewhere after ${time(restored)}.`;
    return { severity: 'fine', message, shownBy: nodeLost };
  },
};
