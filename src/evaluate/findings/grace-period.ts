import { nanosOf, seconds } from '../../base/index.ts';
import { good } from '../check/battery.ts';
import { type FindingRule, override } from '../check/rule.ts';
import { setting } from '../words.ts';

export const gracePeriod: FindingRule = {
  code: 'grace-period',
  question: 'Q13',
  rule: 'The grace period is sent to the engine in whole seconds, and what is less than one becomes zero: SIGKILL follows the stop signal at once.',
  find(subject) {
    const { stopGracePeriod: period } = subject.spec.task.container;
    if (period === undefined || period >= nanosOf(seconds(1))) return undefined;
    return {
      severity: 'warning',
      message: `stop_grace_period: ${setting(period)} is cut to 0: every container is killed (exit code 137) instead of being asked to stop.`,
      at: ['stop_grace_period'],
      fix: override(subject, 'stop_grace_period: 10s', { stop_grace_period: '10s' }),
      shownBy: good,
    };
  },
};
