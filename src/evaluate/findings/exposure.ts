import { caughtByAge, isTooFew } from '../check/outcomes.ts';
import { type FindingRule, overrideUpdate } from '../check/rule.ts';
import { capitalised } from '../words.ts';

/** Longer than the slowest failure of the battery takes to show. */
const PAUSE = '40s';

export const exposure: FindingRule = {
  code: 'exposure',
  question: 'Q1',
  rule: 'There are no batches: each of the parallel workers takes the next slot as soon as its new task runs and its delay is over, whatever happens to that task later.',
  find(subject) {
    const [worst] = [...caughtByAge(subject)].sort((a, b) => a.result.lowestRunning! - b.result.lowestRunning!);
    if (!worst) return undefined;
    const { wanted, lowestRunning = 0, exposure: slots } = worst.result;
    if (wanted < 2) return undefined;
    if (!isTooFew(lowestRunning, wanted)) {
      return {
        severity: 'fine',
        message: `At least ${lowestRunning} of ${wanted} tasks run while a bad release is being caught.`,
        shownBy: worst.case,
      };
    }
    const parallelism = Math.max(1, Math.floor(wanted / 4));
    return {
      severity: lowestRunning === 0 ? 'problem' : 'warning',
      message: `${capitalised(worst.case.describe)} is caught, but only when ${slots} of ${wanted} slots have run it: ${lowestRunning === 0 ? 'nothing runs' : `${lowestRunning} of ${wanted} tasks run`} at the worst moment.`,
      at: ['deploy', 'update_config', 'delay'],
      // What a ratio lets fail is exposed at any pace.
      ...(subject.update.maxFailureRatio === 0 && { fix: overrideUpdate(subject, { parallelism, delay: PAUSE }) }),
      shownBy: worst.case,
    };
  },
};
