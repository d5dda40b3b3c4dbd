import { deployedAgain, neverStarts } from '../check/battery.ts';
import { isCaught } from '../check/outcomes.ts';
import type { StackRule } from '../check/rule.ts';

export const deployedAgainFinding: StackRule = {
  code: 'deployed-again',
  question: 'Q9',
  rule: 'An identical specification clears the update status but leaves the updater running; without a status neither its end, nor a pause, nor a rollback is recorded or done.',
  find(subjects) {
    const subject = subjects.find(
      (candidate) => isCaught(candidate.rollout(neverStarts)) && !isCaught(candidate.rollout(deployedAgain)),
    );
    if (!subject) return undefined;
    const { outcome } = subject.rollout(neverStarts).result;
    return {
      subject,
      severity: 'warning',
      message: `Deploying the same files again while an update runs turns its watch off: a bad release that would be ${outcome} stops half way without a word (seen with ${subject.name}).`,
      shownBy: deployedAgain,
    };
  },
};
