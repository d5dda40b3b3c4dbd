import { nanosOf, seconds } from '../../base/index.ts';
import { diesAfter10s, diesAfter30s } from '../check/battery.ts';
import { isCaught } from '../check/outcomes.ts';
import { isWatched } from '../check/ratio.ts';
import type { Rollout } from '../check/rollout.ts';
import { type FindingRule, overrideUpdate } from '../check/rule.ts';
import { capitalised, setting } from '../words.ts';

const ENOUGH = nanosOf(seconds(60));

export const lateFailure: FindingRule = {
  code: 'late-failure',
  question: 'Q2',
  rule: 'A failure counts only within the monitor period, which begins when the task is seen running; without a health check that is at once.',
  find(subject) {
    const quick = subject.rollout(diesAfter10s);
    const { wanted } = quick.result;
    // Where nothing is watched, nothing is caught early or late.
    if (!isWatched(subject, wanted)) return undefined;
    const missed = isCaught(quick) ? missedOf(subject.rollout(diesAfter30s)) : quick;
    if (!missed) {
      return {
        severity: 'fine',
        message: `${capitalised(diesAfter30s.describe)} is still caught.`,
        shownBy: diesAfter30s,
      };
    }
    const { monitor } = subject.update;
    const { exposure } = missed.result;
    const written = subject.config.deploy?.update_config?.monitor === 0 ? ' (`monitor: 0s` means 5s)' : '';
    const without = subject.hasHealthCheck
      ? 'Failures'
      : 'Without a health check a container counts as running at once, and failures';
    return {
      severity: missed === quick ? 'problem' : 'warning',
      message:
        `${capitalised(missed.case.describe)} is NOT caught: the bad version ends up in ${exposure} of ${wanted} slots. ` +
        `${without} count for ${setting(monitor)} after that${written}.`,
      at: ['deploy', 'update_config', 'monitor'],
      ...(monitor < ENOUGH && { fix: overrideUpdate(subject, { monitor: setting(ENOUGH) }) }),
      shownBy: missed.case,
    };
  },
};

function missedOf(rollout: Rollout): Rollout | undefined {
  return isCaught(rollout) ? undefined : rollout;
}
