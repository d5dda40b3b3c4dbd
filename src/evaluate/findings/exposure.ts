import { durationOf } from '../../api/index.ts';
import { caughtByAge, isCaught, isTooFew } from '../check/outcomes.ts';
import { LEAST_RATIO, toleratedFailures } from '../check/ratio.ts';
import { type FindingRule, overrideUpdate, type Settings } from '../check/rule.ts';
import type { Subject } from '../check/subject.ts';
import { capitalised } from '../words.ts';

/** Longer than the slowest failure of the battery takes to show. */
const PAUSE = '40s';
const WATCH = '1m';

export const exposure: FindingRule = {
  code: 'exposure',
  question: 'Q1',
  rule: 'There are no batches: each of the parallel workers takes the next slot as soon as its new task runs and its delay is over, whatever happens to that task later.',
  find(subject) {
    const [worst] = caughtByAge(subject)
      .map((rollout) => subject.worstRollout(rollout.case))
      .filter(isCaught)
      .sort((a, b) => a.result.lowestRunning! - b.result.lowestRunning!);
    if (!worst) return undefined;
    const { wanted, lowestRunning = 0, exposure: slots } = worst.result;
    if (wanted < 2) return undefined;
    if (!isTooFew(lowestRunning, wanted)) {
      return {
        severity: 'fine',
        message: `At least ${lowestRunning} of ${wanted} tasks run while a bad release is being caught.`,
        shownBy: worst.case,
        seed: worst.seed,
      };
    }
    // What fails before it counts as running was never exposed, and yet its predecessor is gone.
    const late = slots === 0 ? 'but' : `but only when ${slots} of ${wanted} slots have run it:`;
    return {
      severity: lowestRunning === 0 ? 'problem' : 'warning',
      message: `${capitalised(worst.case.describe)} is caught, ${late} ${lowestRunning === 0 ? 'nothing runs' : `${lowestRunning} of ${wanted} tasks run`} at the worst moment.`,
      at: ['deploy', 'update_config', 'delay'],
      fix: overrideUpdate(subject, slowerPace(subject, wanted)),
      shownBy: worst.case,
      seed: worst.seed,
    };
  },
};

/** What has to change for a failure to show before the next slots follow, and to count when it does. */
function slowerPace({ update }: Subject, wanted: number): Settings {
  const quarter = Math.max(1, Math.floor(wanted / 4));
  const parallelism = update.parallelism === 0 ? quarter : Math.min(quarter, update.parallelism);
  const left = wanted - toleratedFailures(update.maxFailureRatio, wanted) - parallelism;
  return {
    parallelism,
    ...(update.delay < durationOf(PAUSE) && { delay: PAUSE }),
    // A failure after the monitor period is overlooked until the watch at the end, which the delay makes longer: too late.
    ...(update.monitor < durationOf(PAUSE) && { monitor: WATCH }),
    // What a ratio lets fail is exposed at any pace.
    ...(isTooFew(left, wanted) && { max_failure_ratio: LEAST_RATIO }),
  };
}
