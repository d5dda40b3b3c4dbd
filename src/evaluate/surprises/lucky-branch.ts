import { batchesOf } from './batches.ts';
import type { Surprise } from './surprise.ts';

export const luckyBranch: Surprise = {
  code: 'lucky-branch',
  rule: 'The share of each branch of a preference is worked out with the branches that have more than that already, so that the shares add up to more than there are tasks: the branch that happens to come first takes too many.',
  recognise({ service, name }, story) {
    for (const { at, placements } of batchesOf(story, service)) {
      for (const { branch, ofBranch = 0, share = 0, level = 0 } of placements) {
        if (branch === undefined) continue;
        const taken = placements.filter((placement) => placement.branch === branch).length;
        // More than its share goes to a branch only where others are full.
        if (ofBranch + taken <= level || ofBranch + taken > share + 1) continue;
        return {
          at,
          text: `${taken} of ${placements.length} tasks of ${name} went where the label is "${branch}", which has ${ofBranch + taken} of them now; the branches would be level with ${level}`,
        };
      }
    }
    return undefined;
  },
};
