import type { Micros } from '../../base/index.ts';
import type { Metric } from './metric.ts';

/** From the deployment to the moment at which Swarm acted on a failure by pausing or rolling back. */
export const detection: Metric<Micros | undefined> = {
  name: 'detection',
  describe: 'from the deployment to the pause or the rollback',
  measure({ statuses, from }) {
    const acted = statuses.find(({ state }) => state === 'paused' || state === 'rollback_started');
    return acted && acted.at - from;
  },
};
