import { faultyNode } from './faulty-node.ts';
import { NO_LONGER_FITS } from './nodes.ts';
import type { Surprise } from './surprise.ts';

export const evictedNodeFaulty: Surprise = {
  code: 'evicted-node-faulty',
  rule: 'Tasks that are put off a node for a label or a resource count as failures of that node: with five of one service it is the last choice for five minutes, even if the label comes back.',
  recognise({ name, tasks }) {
    const evicted = tasks.filter(({ end }) => end?.err === NO_LONGER_FITS);
    for (const { version, end } of evicted) {
      const node = faultyNode(evicted, version, end!.at);
      if (node === undefined) continue;
      return {
        at: end!.at,
        text: `${node} is the last choice for ${name} for five minutes: ${evicted.filter((task) => task.node === node).length} of its tasks were put off it`,
      };
    }
    return undefined;
  },
};
