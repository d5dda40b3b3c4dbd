import { batchesOf, sweptLoads } from './batches.ts';
import { faultyNode, isFailed } from './faulty-node.ts';
import type { Surprise } from './surprise.ts';

export const pilesUpBesideFaulty: Surprise = {
  code: 'piles-up-beside-faulty',
  rule: 'A node on which five tasks of a version have failed within five minutes is the last choice, and tasks that are placed together never get as far: what is left of them piles up on the last healthy node.',
  recognise({ service, name, tasks }, story) {
    const failed = tasks.filter(isFailed);
    for (const batch of batchesOf(story, service)) {
      const faulty = faultyNode(failed, batch.version, batch.at);
      const loads = faulty === undefined ? undefined : sweptLoads(batch);
      if (!loads || loads.has(faulty!)) continue;
      const [last = 0, ...others] = [...loads.values()].reverse();
      if (others.length === 0 || last - Math.max(...others) < 2) continue;
      const node = [...loads.keys()].at(-1);
      return {
        at: batch.at,
        text: `${node} got ${last} tasks of ${name} and the other healthy nodes no more than ${Math.max(...others)}, because ${faulty} counts as faulty`,
      };
    }
    return undefined;
  },
};
