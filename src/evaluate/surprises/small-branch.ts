import { batchesOf, type Placement } from './batches.ts';
import type { Surprise } from './surprise.ts';

export const smallBranch: Surprise = {
  code: 'small-branch',
  rule: 'A preference levels its branches, whatever they have of nodes: a branch of one small node gets as many tasks as one of fifty.',
  recognise({ service, name }, story) {
    for (const { at, placements } of batchesOf(story, service)) {
      const branches = loadsByBranch(placements);
      for (const [value, loads] of branches) {
        const wider = [...branches.values()].find(
          (other) => other.length > loads.length && Math.min(...loads) >= Math.max(...other) + 2,
        );
        if (!wider) continue;
        return {
          at,
          text: `${Math.min(...loads)} tasks of ${name} are on each node whose label is "${value}", and no more than ${Math.max(...wider)} where more nodes share another value`,
        };
      }
    }
    return undefined;
  },
};

/** How many tasks of the service each node has that got one, by the branch that it is in. */
function loadsByBranch(placements: readonly Placement[]): ReadonlyMap<string, readonly number[]> {
  const branches = new Map<string, Map<string, number>>();
  for (const { branch, node, ofService } of placements) {
    if (branch === undefined) continue;
    const loads = branches.get(branch) ?? new Map<string, number>();
    branches.set(branch, loads.set(node, ofService + 1));
  }
  return new Map([...branches].map(([branch, loads]) => [branch, [...loads.values()]]));
}
