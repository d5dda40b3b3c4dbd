/**
 * Placement preferences as a tree: a level for each preference, a branch for each value of its label, and in the
 * leaves the nodes that may take a task (swarmkit manager/scheduler/nodeset.go, tree, and decision_tree.go).
 */
import type { Placement } from '../../api/index.ts';
import { labelOf } from '../constraint/index.ts';
import { heapify, heapPush, heapReplaceTop, heapToReversedList } from './heap.ts';
import { activeOfService, type NodeInfo } from './node-info.ts';
import type { Pipeline } from './pipeline.ts';
import { type Candidate, compareRanks, createCandidate, type RankingOf, refreshCandidate } from './ranking.ts';

export interface Branch {
  /** Active tasks of the service on all nodes of the branch, eligible or not, when the tree was grown. */
  tasks: number;
  /** By label value; empty in a leaf. A node without the label is in the branch ''. */
  readonly children: Map<string, Branch>;
  /** Of a leaf: the best nodes that passed, no more than the group has tasks; a heap with the worst on top. */
  readonly candidates: Candidate[];
  /** The candidates are a list, best first, and may have changed since: they have been filled once. */
  isSorted: boolean;
}

export interface TreeOptions {
  readonly preferences: Placement['preferences'];
  /** The most candidates that a leaf keeps: the size of the group. */
  readonly limit: number;
  readonly pipeline: Pipeline;
  readonly ranking: RankingOf;
}

/** Grows the tree over all nodes, visited in the order given. */
export function growTree(infos: readonly NodeInfo[], options: TreeOptions): Branch {
  const root = newBranch();
  for (const info of infos) {
    const tasks = activeOfService(info, options.ranking.serviceId);
    let branch = root;
    for (const { spread } of options.preferences ?? []) {
      const value = labelOf(info.node, spread);
      // A preference that names no label is skipped without a word.
      if (value === undefined) continue;
      branch.tasks += tasks;
      branch = childOf(branch, value);
    }
    branch.tasks += tasks;
    offerCandidate(branch.candidates, info, options);
  }
  return root;
}

/**
 * The candidates of a leaf, best first; those that pass no more are left out from the second time on. Equal ones are
 * in the order in which they leave the heap, so that of nodes that are all alike the first visited comes last.
 */
export function orderedCandidates(leaf: Branch, { pipeline, ranking }: TreeOptions): Candidate[] {
  const { candidates } = leaf;
  if (leaf.isSorted) {
    for (let index = 0; index < candidates.length; ) {
      if (pipeline.stillPasses(candidates[index]!.info)) index += 1;
      else {
        // The last one moves up, as in the original: the order of equal ones depends on it.
        const last = candidates.pop()!;
        if (index < candidates.length) candidates[index] = last;
      }
    }
    for (const candidate of candidates) refreshCandidate(candidate, ranking);
    heapify(candidates, worstFirst);
  }
  leaf.isSorted = true;
  heapToReversedList(candidates, worstFirst);
  return candidates;
}

/** Keeps the best. A node that is no better than the worst of enough others is not asked whether it passes. */
function offerCandidate(kept: Candidate[], info: NodeInfo, { limit, pipeline, ranking }: TreeOptions): void {
  const candidate = createCandidate(info, ranking);
  if (kept.length < limit) {
    if (pipeline.passes(info)) heapPush(kept, candidate, worstFirst);
  } else if (compareRanks(candidate, kept[0]!) < 0 && pipeline.passes(info)) {
    heapReplaceTop(kept, candidate, worstFirst);
  }
}

function worstFirst(a: Candidate, b: Candidate): number {
  return compareRanks(b, a);
}

function childOf(branch: Branch, value: string): Branch {
  const known = branch.children.get(value);
  if (known) return known;
  const child = newBranch();
  branch.children.set(value, child);
  return child;
}

function newBranch(): Branch {
  return { tasks: 0, children: new Map(), candidates: [], isSorted: false };
}
