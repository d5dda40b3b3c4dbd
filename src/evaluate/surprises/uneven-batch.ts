import { batchesOf, sweptLoads } from './batches.ts';
import { faultyNode } from './faulty-node.ts';
import type { Surprise } from './surprise.ts';

export const unevenBatch: Surprise = {
  code: 'uneven-batch',
  rule: 'Tasks that are placed together go over the nodes once, from the emptiest on: each is filled until the next is emptier, and none is looked at again before the last, so that a big batch does not make the loads even.',
  recognise(service, story) {
    for (const batch of batchesOf(story, service.service)) {
      const loads = sweptLoads(batch);
      if (!loads || loads.size < 2 || faultyNode(service, batch)) continue;
      const [least, most] = [Math.min(...loads.values()), Math.max(...loads.values())];
      if (most - least < 2 || !isFilledPast(batch.placements, least)) continue;
      return {
        at: batch.at,
        text: `${batch.placements.length} tasks of ${service.name} that were placed together left its nodes uneven, with ${[...loads.values()].join(', ')} of its tasks each`,
      };
    }
    return undefined;
  },
};

/** A node got one more although it had more than another one has in the end. */
function isFilledPast(placements: readonly { readonly ofService: number }[], least: number): boolean {
  return placements.some(({ ofService }) => ofService > least);
}
