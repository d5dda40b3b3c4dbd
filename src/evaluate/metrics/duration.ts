import type { Micros } from '../../base/index.ts';
import type { Metric } from './metric.ts';

/**
 * From the deployment to the end of the update; undefined where there was no update, or where it has not ended. A rollback ends
 * with `rollback_completed`, though a silent second run may trim what it left over and turn that into `completed`.
 */
export const duration: Metric<Micros | undefined> = {
  name: 'duration',
  describe: 'from the deployment to the end of the update, rollback included',
  measure({ statuses, from }) {
    const last = statuses[statuses.length - 1];
    const end = statuses.find(({ state }) => state === 'rollback_completed') ?? last;
    return end && ENDS.has(end.state) ? end.at - from : undefined;
  },
};

const ENDS: ReadonlySet<string> = new Set(['completed', 'paused', 'rollback_completed', 'rollback_paused']);
