import { good, scaledMeanwhile } from '../check/battery.ts';
import { type FindingRule, override, overrideUpdate } from '../check/rule.ts';

export const scalingMeanwhile: FindingRule = {
  code: 'scaling-meanwhile',
  question: 'Q4',
  rule: 'Any update of the service in the middle of a start-first update makes the updater start over: where it finds a new task beside an old one it stops the old one at once, whether or not the new one runs.',
  find(subject) {
    const { replicas } = subject;
    if (replicas === undefined || replicas === 0 || subject.update.order !== 'start-first') return undefined;
    if (subject.rollout(good).result.outcome !== 'completed') return undefined;
    const worst = subject.worstRollout(scaledMeanwhile);
    const { lowestRunning = 0 } = worst.result;
    // One task less is what stop-first would cost at any time.
    if (lowestRunning > 0 && lowestRunning >= replicas - 1) return undefined;
    return {
      severity: 'warning',
      message: `Scaling while this update runs stops the old tasks of slots in progress before their new ones run: lowest running ${lowestRunning} of ${replicas}.`,
      at: ['deploy', 'update_config', 'order'],
      fix:
        replicas === 1
          ? override(subject, 'replicas: 2, parallelism: 1', {
              deploy: { replicas: 2, update_config: { parallelism: 1 } },
            })
          : overrideUpdate(subject, { parallelism: 1 }),
      shownBy: scaledMeanwhile,
      seed: worst.seed,
    };
  },
};
