import type { Placement } from '../../api/index.ts';
import { labelOf } from '../constraint/index.ts';
import type { Branch } from './decision-tree.ts';
import type { Pass } from './pass.ts';

/** Notes with the last `count` decisions, of tasks that were placed together, how they were spread over the tree. */
export function noteSpread(
  { decisions, state }: Pass,
  count: number,
  root: Branch,
  preferences: Placement['preferences'] = [],
): void {
  if (count === 0 || root.children.size === 0) return;
  const before = [...root.children.values()].map(({ tasks }) => tasks);
  const share = Math.trunc((root.tasks + count) / before.length);
  const level = levelOf(before, count);
  for (let index = decisions.length - count; index < decisions.length; index += 1) {
    const decision = decisions[index]!;
    if (!('nodeId' in decision)) continue;
    const { node } = state.nodes.get(decision.nodeId)!;
    const branch = preferences.map(({ spread }) => labelOf(node, spread)).find((value) => value !== undefined)!;
    decisions[index] = { ...decision, spread: { branch, ofBranch: root.children.get(branch)!.tasks, share, level } };
  }
}

/** To where the branches with fewest have to be filled until so many are dealt. */
function levelOf(before: readonly number[], count: number): number {
  let level = Math.min(...before);
  while (before.reduce((sum, tasks) => sum + Math.max(0, level - tasks), 0) < count) level += 1;
  return level;
}
