import { slowPull } from '../check/battery.ts';
import { isTooFew } from '../check/outcomes.ts';
import { type FindingRule, overrideUpdate } from '../check/rule.ts';
import { timeBelow } from '../check/timeline.ts';
import { time } from '../words.ts';

export const slowPullFinding: FindingRule = {
  code: 'slow-pull',
  question: 'Q17',
  rule: 'With stop-first the old task is told to stop when the new one is made, not when its image is there: a pull counts as downtime of the slot.',
  find(subject) {
    const rollout = subject.rollout(slowPull);
    const { outcome, lowestRunning = 0, wanted, duration = 0 } = rollout.result;
    if (outcome !== 'completed' || wanted === 0) return undefined;
    if (!isTooFew(lowestRunning, wanted)) {
      const message = `When every pull takes 3 minutes a good release takes ${time(duration)}, and at least ${lowestRunning} of ${wanted} tasks run.`;
      return { severity: 'fine', message, shownBy: slowPull };
    }
    const { hostPort, update } = subject;
    return {
      severity: lowestRunning === 0 && wanted > 1 ? 'problem' : 'warning',
      message: `When pulls take 3 minutes ${lowestRunning === 0 ? 'nothing runs' : `only ${lowestRunning} of ${wanted} tasks run`} meanwhile: fewer than ${wanted} for ${time(timeBelow(rollout, wanted))}.`,
      at: ['deploy', 'update_config', 'order'],
      ...(hostPort === undefined &&
        update.order === 'stop-first' && { fix: overrideUpdate(subject, { order: 'start-first' }) }),
      shownBy: slowPull,
    };
  },
};
