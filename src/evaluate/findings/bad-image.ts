import { diesAtStart, missingImage, neverAnswers, neverStarts } from '../check/battery.ts';
import { isCaught } from '../check/outcomes.ts';
import { isWatched, LEAST_RATIO, toleratedFailures } from '../check/ratio.ts';
import type { Rollout } from '../check/rollout.ts';
import { type FindingRule, type Found, overrideUpdate } from '../check/rule.ts';
import type { Subject } from '../check/subject.ts';
import { slotsTouched } from '../check/timeline.ts';
import { capitalised, count, setting, time } from '../words.ts';

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
    if (missed) return missedBy(subject, subject.rollout(missed));
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

/** Either nobody looks, or what happens is over by the time at which somebody does. */
function missedBy(subject: Subject, rollout: Rollout): Found {
  const { failureAction, maxFailureRatio, monitor } = subject.update;
  const { outcome, wanted, failures } = rollout.result;
  const isIgnored = failureAction === 'continue';
  const why = isIgnored
    ? '`failure_action: continue` does not watch'
    : `failures count for ${setting(monitor)} after a container counts as running`;
  return {
    severity: 'problem',
    message: `${capitalised(rollout.case.describe)} is NOT caught: ${why}. The update ends as "${outcome}" after ${count(failures, 'failed task')}.`,
    at: ['deploy', 'update_config', isIgnored ? 'failure_action' : 'monitor'],
    fix: overrideUpdate(
      subject,
      isIgnored
        ? {
            failure_action: 'rollback',
            ...(toleratedFailures(maxFailureRatio, wanted) === wanted && { max_failure_ratio: LEAST_RATIO }),
          }
        : { monitor: '1m' },
    ),
    shownBy: rollout.case,
  };
}
