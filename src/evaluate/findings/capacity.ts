import { good } from '../check/battery.ts';
import { isTooFew } from '../check/outcomes.ts';
import { type FindingRule, overrideUpdate } from '../check/rule.ts';
import { timeBelow } from '../check/timeline.ts';
import { time } from '../words.ts';

export const capacity: FindingRule = {
  code: 'capacity',
  question: 'Q4',
  rule: 'With stop-first each of the parallel slots is empty from the moment at which its old task stops until its new task runs.',
  find(subject) {
    const rollout = subject.rollout(good);
    const { lowestRunning = 0, wanted, outcome } = rollout.result;
    if (outcome !== 'completed' || wanted === 0) return undefined;
    if (!isTooFew(lowestRunning, wanted)) {
      return {
        severity: 'fine',
        message: `At least ${lowestRunning} of ${wanted} tasks run during a good release.`,
        shownBy: good,
      };
    }
    const at = ['deploy', 'update_config', subject.update.parallelism === 1 ? 'order' : 'parallelism'];
    if (wanted === 1) {
      return {
        severity: 'warning',
        message: `Every release is an outage: nothing runs for ${time(timeBelow(rollout, 1))}, because the only task stops before its successor starts.`,
        at,
        ...(subject.hostPort === undefined && { fix: overrideUpdate(subject, { order: 'start-first' }) }),
        shownBy: good,
      };
    }
    return {
      severity: lowestRunning === 0 ? 'problem' : 'warning',
      message: `${lowestRunning === 0 ? 'Nothing runs' : `Only ${lowestRunning} of ${wanted} tasks run`} at the worst moment of a good release, and fewer than ${wanted} for ${time(timeBelow(rollout, wanted))}.`,
      at,
      fix: overrideUpdate(subject, { parallelism: Math.max(1, Math.floor(wanted / 3)) }),
      shownBy: good,
    };
  },
};
