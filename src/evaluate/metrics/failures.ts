import { FAILED } from '../history.ts';
import type { Metric } from './metric.ts';

/** Tasks that failed or were rejected after the deployment. */
export const failures: Metric<number> = {
  name: 'failed tasks',
  describe: 'tasks that failed or were rejected',
  measure: ({ tasks, from }) =>
    tasks.filter(({ end }) => end !== undefined && end.at >= from && FAILED.has(end.state)).length,
};
