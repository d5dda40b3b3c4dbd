import type { Placement } from '../../api/index.ts';
import { labelOf } from '../constraint/index.ts';
import type { Branch } from './decision-tree.ts';
import type { Pass } from './pass.ts';

/** Notes with the decisions about tasks that were placed together, which are the last, how they were spread over the tree. */
export function noteSpread(
  { decisions, state }: Pass,
  { wanted, placed }: { readonly wanted: number; readonly placed: number },
  root: Branch,
  preferences: Placement['preferences'] = [],
): void {
  if (placed === 0 || root.children.size === 0) return;
  const before = [...root.children.values()].map(({ tasks }) => tasks);
  const share = Math.trunc((root.tasks + wanted) / before.length);
  const level = levelOf(before, placed);
  for (let index = decisions.length - placed; index < decisions.length; index += 1) {
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
