import { nodeDies, nodeReboots } from '../check/battery.ts';
import { isCaught } from '../check/outcomes.ts';
import type { StackRule } from '../check/rule.ts';

export const nodeDeath: StackRule = {
  code: 'node-death',
  question: 'Q6',
  rule: 'An updater waits for the very task that it made. If the node of that task dies first, a replacement does not count; and when the node returns, the lost task ends and counts as a failure.',
  find(subjects) {
    const subject = subjects.find((candidate) => candidate.rollout(nodeDies).result.outcome === 'stuck');
    if (!subject) return undefined;
    const returned = subject.rollout(nodeReboots);
    const later = isCaught(returned)
      ? `and if the node returns, this good release is ${returned.result.outcome} for it`
      : 'or until the node returns';
    return {
      subject,
      severity: 'warning',
      message: `If a node dies while a new task is starting on it, the update waits for that task for up to 24 hours, ${later} (seen with ${subject.name}).`,
      shownBy: isCaught(returned) ? nodeReboots : nodeDies,
    };
  },
};
