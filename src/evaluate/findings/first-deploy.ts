import { DEFAULT_RESTART_POLICY } from '../../api/index.ts';
import { firstDies } from '../check/battery.ts';
import type { FindingRule } from '../check/rule.ts';
import { setting } from '../words.ts';

export const firstDeploy: FindingRule = {
  code: 'first-deploy',
  question: 'Q11',
  rule: 'A service that is created is not updated: nothing is monitored, and there is no version to go back to.',
  find(subject) {
    const { condition, maxAttempts, delay = DEFAULT_RESTART_POLICY.delay! } = subject.restart;
    if (condition === 'none' || maxAttempts > 0) return undefined;
    return {
      severity: 'fine',
      message: `A bad first deployment breaks nothing that ran before, and is not taken back: each task is started again ${setting(delay)} after it died, for ever, and docker stack deploy says nothing about it.`,
      shownBy: firstDies,
    };
  },
};
