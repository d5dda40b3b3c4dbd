import { diesAtStart, missingImage, neverAnswers, neverStarts } from '../check/battery.ts';
import { isCaught } from '../check/outcomes.ts';
import { isWatched } from '../check/ratio.ts';
import { type FindingRule, overrideUpdate } from '../check/rule.ts';
import { slotsTouched } from '../check/timeline.ts';
import { capitalised, time } from '../words.ts';

export const badImage: FindingRule = {
  code: 'bad-image',
  question: 'Q1',
  rule: 'Swarm acts on a failed task of the new version by the failure_action of update_config, and with `continue` it does not look.',
  find(subject) {
    // With a ratio that no failure exceeds, the ratio is what has to be said.
    const { wanted } = subject.rollout(neverStarts).result;
    if (subject.update.failureAction !== 'continue' && !isWatched(subject, wanted)) return undefined;
    const cases = [neverStarts, diesAtStart, missingImage, ...(subject.hasHealthCheck ? [neverAnswers] : [])];
    const missed = cases.find((candidate) => !isCaught(subject.rollout(candidate)));
    const { failureAction } = subject.update;
    if (missed) {
      const { outcome, exposure } = subject.rollout(missed).result;
      const why = failureAction === 'continue' ? ': `failure_action: continue` does not watch' : '';
      return {
        severity: 'problem',
        message: `${capitalised(missed.describe)} is NOT caught${why}. The update ends as "${outcome}", after the bad version has run in ${exposure} of ${wanted} slots.`,
        at: ['deploy', 'update_config', 'failure_action'],
        ...(failureAction === 'continue' && { fix: overrideUpdate(subject, { failure_action: 'rollback' }) }),
        shownBy: missed,
      };
    }
    const shown = subject.rollout(neverStarts);
    const { outcome, duration = 0 } = shown.result;
    const end = outcome === 'paused' ? 'paused after' : 'rolled back in';
    return {
      severity: 'fine',
      message: `${capitalised(neverStarts.describe)} is caught after ${slotsTouched(shown)} of ${wanted} tasks and ${end} ${time(duration)}.`,
      shownBy: neverStarts,
    };
  },
};
