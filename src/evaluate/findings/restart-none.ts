import { drained } from '../check/battery.ts';
import { type FindingRule, override } from '../check/rule.ts';
import { runningAtEnd } from '../check/timeline.ts';

export const restartNone: FindingRule = {
  code: 'restart-none',
  question: 'Q15',
  rule: 'With restart condition `none` no task is ever replaced, whether it failed or its node was drained or died; the slot is filled by the next update.',
  find(subject) {
    const { replicas } = subject;
    if (!replicas || subject.restart.condition !== 'none') return undefined;
    const left = runningAtEnd(subject.rollout(drained));
    return {
      severity: 'problem',
      message: `Tasks that end are not replaced: after the drain of one node ${left} of ${replicas} run, until the next update.`,
      at: ['deploy', 'restart_policy', 'condition'],
      fix: override(subject, 'condition: any', { deploy: { restart_policy: { condition: 'any' } } }),
      shownBy: drained,
    };
  },
};
