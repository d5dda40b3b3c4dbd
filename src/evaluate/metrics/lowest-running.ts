import { runningOverTime } from '../history.ts';
import type { Metric } from './metric.ts';

/**
 * The lowest number of running tasks at any moment from the deployment on; undefined for a service that is new
 * with it, of which nothing ran before.
 */
export const lowestRunning: Metric<number | undefined> = {
  name: 'lowest running',
  describe: 'the fewest tasks that ran at any one time',
  measure: (history) =>
    history.isNew
      ? undefined
      : runningOverTime(history).reduce((lowest, [, count]) => Math.min(lowest, count), Number.POSITIVE_INFINITY),
};
