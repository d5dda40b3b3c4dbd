import { diesAfter30s, leaderDies } from '../check/battery.ts';
import { caughtByAge, isCaught } from '../check/outcomes.ts';
import type { StackRule } from '../check/rule.ts';

export const leaderCrash: StackRule = {
  code: 'leader-crash',
  question: 'Q7',
  rule: 'What an updater has seen and still watches is known to it alone: a new leader starts over, and where every slot is done it completes the update at once.',
  find(subjects) {
    const watched = subjects.filter((candidate) =>
      caughtByAge(candidate).some((rollout) => rollout.case === diesAfter30s),
    );
    const [subject] = watched;
    if (!subject) return undefined;
    const { outcome } = subject.rollout(diesAfter30s).result;
    const after = subject.rollout(leaderDies).result.outcome;
    if (isCaught(subject.rollout(leaderDies))) {
      return {
        subject,
        severity: 'fine',
        message: `A release that turns out bad is caught although the leader dies (seen with ${subject.name}).`,
        shownBy: leaderDies,
      };
    }
    return {
      subject,
      severity: 'warning',
      message: `If the leader dies while only watching is left, the next one forgets the watch: a release that would be ${outcome} ends as "${after}" (seen with ${subject.name}).`,
      shownBy: leaderDies,
    };
  },
};
