import { good, someDie } from '../check/battery.ts';
import { isTooFew } from '../check/outcomes.ts';
import { LEAST_RATIO, toleratedFailures } from '../check/ratio.ts';
import { type FindingRule, overrideUpdate } from '../check/rule.ts';

export const failureRatio: FindingRule = {
  code: 'failure-ratio',
  question: 'Q12',
  rule: 'An update acts when failed slots divided by the slots to be updated exceed max_failure_ratio; each slot counts once.',
  find(subject) {
    const { maxFailureRatio: ratio, failureAction } = subject.update;
    if (ratio === 0 || failureAction === 'continue') return undefined;
    const { wanted } = subject.rollout(good).result;
    const tolerated = toleratedFailures(ratio, wanted);
    if (tolerated === 0) {
      return {
        severity: 'fine',
        message: `max_failure_ratio: ${ratio} of ${wanted} tasks is less than one: the first failure acts, as with 0.`,
        at: ['deploy', 'update_config', 'max_failure_ratio'],
        shownBy: someDie(1),
      };
    }
    const shownBy = someDie(tolerated);
    const { outcome } = subject.rollout(shownBy).result;
    const message = `max_failure_ratio: ${ratio} lets ${tolerated} of ${wanted} tasks fail: such a release ends as "${outcome}".`;
    if (tolerated < wanted && !isTooFew(wanted - tolerated, wanted)) return { severity: 'fine', message, shownBy };
    const few = Math.ceil(wanted / 2) - 1;
    return {
      severity: tolerated >= wanted ? 'problem' : 'warning',
      message: tolerated >= wanted ? `${message} Nothing is ever caught.` : message,
      at: ['deploy', 'update_config', 'max_failure_ratio'],
      fix: overrideUpdate(subject, {
        max_failure_ratio: Math.max(LEAST_RATIO, Math.floor((few / wanted) * 100) / 100),
      }),
      shownBy,
    };
  },
};
