import { nanosOf, seconds } from '../../base/index.ts';
import { stopsAnswering } from '../check/battery.ts';
import { isCaught } from '../check/outcomes.ts';
import { isWatched } from '../check/ratio.ts';
import { type FindingRule, overrideUpdate } from '../check/rule.ts';
import { capitalised, setting } from '../words.ts';

const SECOND = nanosOf(seconds(1));

export const unwatchedHealth: FindingRule = {
  code: 'unwatched-health',
  question: 'Q2',
  rule: 'A container is unhealthy after `retries` failed probes in a row, one per `interval`; its task fails when it has been stopped after that.',
  find(subject) {
    if (!subject.hasHealthCheck) return undefined;
    const rollout = subject.rollout(stopsAnswering);
    if (!isWatched(subject, rollout.result.wanted)) return undefined;
    if (isCaught(rollout)) {
      return {
        severity: 'fine',
        message: `${capitalised(stopsAnswering.describe)} is caught.`,
        shownBy: stopsAnswering,
      };
    }
    const { interval, retries } = subject.probes;
    const { monitor } = subject.update;
    // Until it stops answering, until that is noticed, until it is stopped.
    const enough = Math.ceil((20 * SECOND + interval * (retries + 1) + 20 * SECOND) / (30 * SECOND)) * 30 * SECOND;
    return {
      severity: 'warning',
      message: `${capitalised(stopsAnswering.describe)} is NOT caught: the health check needs ${setting(interval * retries)} (${retries} x ${setting(interval)}) to notice, and failures count for ${setting(monitor)}.`,
      at: ['deploy', 'update_config', 'monitor'],
      ...(monitor < enough && { fix: overrideUpdate(subject, { monitor: setting(enough) }) }),
      shownBy: stopsAnswering,
    };
  },
};
