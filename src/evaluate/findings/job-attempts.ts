import { jobFails } from '../check/battery.ts';
import { type FindingRule, override } from '../check/rule.ts';
import { mostTasksOfANode } from '../check/timeline.ts';
import { count } from '../words.ts';

export const jobAttempts: FindingRule = {
  code: 'job-attempts',
  question: 'Q11',
  rule: 'Restarts are counted by slot, and the tasks of a global job have none: max_attempts does nothing for it, and a task that fails is started again for ever.',
  find(subject) {
    const { maxAttempts, condition } = subject.restart;
    if (subject.mode !== 'global-job' || maxAttempts === 0 || condition === 'none') return undefined;
    const made = mostTasksOfANode(subject.rollout(jobFails));
    if (made <= maxAttempts + 1) return undefined;
    return {
      severity: 'warning',
      message: `A job that fails is not given up after ${count(maxAttempts, 'restart')}: ${made} tasks are made for one node within minutes, and so on for ever.`,
      at: ['deploy', 'restart_policy', 'max_attempts'],
      fix: override(subject, 'condition: none', { deploy: { restart_policy: { condition: 'none' } } }),
      shownBy: jobFails,
    };
  },
};
