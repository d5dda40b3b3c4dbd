import type { Micros } from '../../base/index.ts';
import type { Metric } from './metric.ts';

/** From the deployment to the last change of the update status; undefined where there was no update. */
export const duration: Metric<Micros | undefined> = {
  name: 'duration',
  describe: 'from the deployment to the end of the update, rollback included',
  measure({ statuses, from }) {
    const last = statuses[statuses.length - 1];
    return last && last.state !== 'none' ? last.at - from : undefined;
  },
};
