import { neverStarts } from '../check/battery.ts';
import { type FindingRule, overrideUpdate } from '../check/rule.ts';
import { runningAtEnd } from '../check/timeline.ts';

export const afterPause: FindingRule = {
  code: 'after-pause',
  question: 'Q14',
  rule: 'A paused update keeps what it has done: broken tasks of the new version go on being restarted, old tasks that die are replaced by the new version, and the next update of whatever kind resumes it.',
  find(subject) {
    const rollout = subject.rollout(neverStarts);
    if (rollout.result.outcome !== 'paused') return undefined;
    const { wanted } = rollout.result;
    const running = runningAtEnd(rollout);
    return {
      severity: 'warning',
      message: `A bad release pauses and stays like that until you act: ${running} of ${wanted} tasks run the old version, and new ones go on failing.`,
      at: ['deploy', 'update_config', 'failure_action'],
      fix: overrideUpdate(subject, { failure_action: 'rollback' }),
      shownBy: neverStarts,
    };
  },
};
