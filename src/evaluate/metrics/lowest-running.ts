import { type ServiceHistory, wasRunning } from '../history.ts';
import type { Metric } from './metric.ts';

/**
 * The lowest number of tasks observed running at any moment from the deployment on; undefined for a service that is new
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

/** How many tasks ran from each instant on, starting with the deployment. */
function runningOverTime(history: ServiceHistory): (readonly [at: number, count: number])[] {
  const { tasks, from, until } = history;
  const edges = new Map<number, number>();
  for (const { runningFrom, runningUntil } of tasks) {
    if (runningFrom !== undefined) edges.set(runningFrom, (edges.get(runningFrom) ?? 0) + 1);
    if (runningUntil !== undefined) edges.set(runningUntil, (edges.get(runningUntil) ?? 0) - 1);
  }
  let count = tasks.filter((life) => wasRunning(life, from)).length;
  const line: (readonly [number, number])[] = [[from, count]];
  for (const at of [...edges.keys()].sort((a, b) => a - b)) {
    if (at <= from || at > until) continue;
    count += edges.get(at) ?? 0;
    line.push([at, count]);
  }
  return line;
}
