import { firstIsGood } from '../check/battery.ts';
import { type FindingRule, override } from '../check/rule.ts';
import { runningAtEnd } from '../check/timeline.ts';
import { assumptionBehind, waitingCount, waitingTask } from '../check/waiting.ts';
import { count } from '../words.ts';

export const neverPlaced: FindingRule = {
  code: 'never-placed',
  question: 'Q25',
  rule: 'A task for which no node passes every filter waits, and is looked at again when something changes; no time limit ends that.',
  find(subject) {
    const rollout = subject.rollout(firstIsGood);
    const waiting = waitingCount(rollout);
    if (waiting === 0) return undefined;
    const running = runningAtEnd(rollout);
    const why = waitingTask(rollout);
    return {
      severity: 'problem',
      message: `${count(waiting, 'task')} of ${running + waiting} never ${waiting === 1 ? 'finds' : 'find'} a node: ${why}.${assumptionBehind(subject, why)}`,
      at: ['deploy', subject.spec.task.placement ? 'placement' : 'resources'],
      ...(running > 0 &&
        subject.replicas !== undefined && {
          fix: override(subject, `replicas: ${running}`, { deploy: { replicas: running } }),
        }),
      shownBy: firstIsGood,
    };
  },
};
