import { DEFAULT_RESTART_POLICY } from '../../api/index.ts';
import { nanosOf } from '../../base/index.ts';
import { firstDies } from '../check/battery.ts';
import type { FindingRule } from '../check/rule.ts';
import { setting } from '../check/words.ts';

export const firstDeploy: FindingRule = {
  code: 'first-deploy',
  question: 'Q11',
  rule: 'A service that is created is not updated: nothing is monitored, and there is no version to go back to.',
  find(subject) {
    const { condition, maxAttempts, delay = DEFAULT_RESTART_POLICY.delay ?? nanosOf(0) } = subject.restart;
    if (condition === 'none' || maxAttempts > 0) return undefined;
    const { failures, wanted } = subject.rollout(firstDies).result;
    return {
      severity: 'fine',
      message: `A bad first deployment breaks nothing that ran before, and is not taken back: each task is restarted every ${setting(delay)} for ever (${failures} failures of ${wanted} tasks in two minutes), and docker says "created".`,
      shownBy: firstDies,
    };
  },
};
