import { firstWaits } from '../check/battery.ts';
import { type FindingRule, override } from '../check/rule.ts';
import { runningAtEnd } from '../check/timeline.ts';

export const retryLimit: FindingRule = {
  code: 'retry-limit',
  question: 'Q11',
  rule: 'max_attempts counts the restarts of a slot for as long as its version lives (or within `window`), and a slot that has used them up stays empty until the next update.',
  find(subject) {
    const { maxAttempts, condition } = subject.restart;
    if (maxAttempts === 0 || condition === 'none') return undefined;
    const rollout = subject.rollout(firstWaits);
    const running = runningAtEnd(rollout);
    const { wanted } = rollout.result;
    if (running >= wanted) {
      return { severity: 'fine', message: 'The service survives eight failures in a row.', shownBy: firstWaits };
    }
    return {
      severity: 'problem',
      message: `Containers that die eight times in a row, for instance while what they need is not up yet, are given up after ${maxAttempts} restarts: ${running} of ${wanted} tasks run, for good.`,
      at: ['deploy', 'restart_policy', 'max_attempts'],
      fix: override(subject, 'max_attempts: 0', { deploy: { restart_policy: { max_attempts: 0 } } }),
      shownBy: firstWaits,
    };
  },
};
