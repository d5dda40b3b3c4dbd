import { firstIsGood } from '../check/battery.ts';
import type { Rollout } from '../check/rollout.ts';
import { type FindingRule, type Found, override } from '../check/rule.ts';
import { runningAtEnd } from '../check/timeline.ts';
import { assumptionBehind, refusal, waitingCount, waitingTask } from '../check/waiting.ts';
import { count } from '../words.ts';

export const neverPlaced: FindingRule = {
  code: 'never-placed',
  question: 'Q25',
  rule: 'A task for which no node passes every filter waits, and is looked at again when something changes; no time limit ends that.',
  find(subject) {
    const rollout = subject.rollout(firstIsGood);
    const waiting = waitingCount(rollout);
    if (waiting === 0) return refusedOf(rollout);
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

/** Every node takes it, and none can make a container of it: then nothing else can be asked. */
function refusedOf(rollout: Rollout): Found | undefined {
  const why = refusal(rollout);
  if (why === undefined || runningAtEnd(rollout) > 0) return undefined;
  const message = `No task ever runs, however good its image is: each is rejected by its node: ${why}.`;
  return { severity: 'problem', message, at: [], shownBy: firstIsGood };
}
