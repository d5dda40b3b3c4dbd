import { good } from '../check/battery.ts';
import type { FindingRule } from '../check/rule.ts';
import { waitingTask } from '../check/waiting.ts';

export const updateStuck: FindingRule = {
  code: 'update-stuck',
  question: 'Q9',
  rule: 'An update waits for a new task to run without any time limit, and a task that waits for a node is no failure.',
  find(subject) {
    // What start-first does to an update has a finding of its own.
    if (subject.update.order === 'start-first') return undefined;
    const rollout = subject.rollout(good);
    if (rollout.result.outcome !== 'stuck') return undefined;
    return {
      severity: 'problem',
      message: `A good release never ends: ${waitingTask(rollout) ?? rollout.underWay[0] ?? 'a new task does not run'}. The update stays "updating" for ever.`,
      at: ['deploy'],
      shownBy: good,
    };
  },
};
