import { type Micros, seconds } from '../../base/index.ts';
import { NO_LONGER_FITS } from './nodes.ts';
import type { Surprise } from './surprise.ts';

/** swarmkit manager/scheduler/scheduler.go: maxFailures, monitorFailures. */
const FAILURES = 5;
export const FAULTY_FOR: Micros = seconds(300);

export const evictedNodeFaulty: Surprise = {
  code: 'evicted-node-faulty',
  rule: 'Tasks that are put off a node for a label or a resource count as failures of that node: with five of one service it is the last choice for five minutes, even if the label comes back.',
  recognise({ name, tasks }) {
    const evicted = tasks.filter(({ end }) => end?.err === NO_LONGER_FITS);
    for (const { node, version, end } of evicted) {
      const at = end!.at;
      const together = evicted.filter(
        (task) =>
          task.node === node && task.version === version && task.end!.at <= at && task.end!.at >= at - FAULTY_FOR,
      );
      if (together.length < FAILURES) continue;
      return {
        at,
        text: `${node} is the last choice for ${name} for five minutes: ${together.length} of its tasks were put off it`,
      };
    }
    return undefined;
  },
};
