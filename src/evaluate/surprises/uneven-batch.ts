import { batchesOf, sweptLoads } from './batches.ts';
import { faultyNode, isFailed } from './faulty-node.ts';
import type { Surprise } from './surprise.ts';

export const unevenBatch: Surprise = {
  code: 'uneven-batch',
  rule: 'Tasks that are placed together go over the nodes once, from the emptiest on: each is filled until the next is emptier, and none is looked at again before the last, so that a big batch does not make the loads even.',
  recognise({ service, name, tasks }, story) {
    const failed = tasks.filter(isFailed);
    for (const batch of batchesOf(story, service)) {
      const loads = [...(sweptLoads(batch)?.values() ?? [])];
      const gap = Math.max(...loads) - Math.min(...loads);
      if (gap < 2 || faultyNode(failed, batch.version, batch.at)) continue;
      return {
        at: batch.at,
        text: `${batch.placements.length} tasks of ${name} that were placed together left its nodes uneven, with ${loads.join(', ')} of its tasks each`,
      };
    }
    return undefined;
  },
};
