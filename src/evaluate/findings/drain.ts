import { drained } from '../check/battery.ts';
import { type FindingRule, override } from '../check/rule.ts';
import { runningAtEnd, timeBelow } from '../check/timeline.ts';
import { assumptionBehind, waitingTask } from '../check/waiting.ts';
import { time } from '../words.ts';

export const drain: FindingRule = {
  code: 'drain',
  question: 'Q15',
  rule: 'Draining a node stops its tasks at once; their successors start elsewhere when the old ones have stopped. Update settings play no part.',
  find(subject) {
    const { replicas } = subject;
    if (!replicas || subject.restart.condition === 'none') return undefined;
    const rollout = subject.rollout(drained);
    const { lowestRunning = 0 } = rollout.result;
    const waits = waitingTask(rollout);
    const took = time(timeBelow(rollout, replicas));
    const shownBy = drained;
    if (waits !== undefined) {
      const left = runningAtEnd(rollout);
      const message = `When a node is drained, ${left} of ${replicas} tasks are left: ${waits}.${assumptionBehind(subject, waits)}`;
      return { severity: 'problem', message, at: ['deploy', 'placement'], shownBy };
    }
    if (lowestRunning > 0) {
      const message = `Draining a node leaves at least ${lowestRunning} of ${replicas} tasks running, and takes ${took}.`;
      return { severity: 'fine', message, shownBy };
    }
    const fix = override(subject, 'replicas: 2', { deploy: { replicas: 2 } });
    return {
      severity: 'warning',
      message: `Nothing runs for ${took} when the node ${replicas === 1 ? 'of the only task' : 'with all of the tasks'} is drained.`,
      at: ['deploy', 'replicas'],
      ...(replicas === 1 && { fix }),
      shownBy,
    };
  },
};
