/**
 * Placing the waiting tasks of one version of a service together (swarmkit manager/scheduler/scheduler.go,
 * scheduleTaskGroup, scheduleNTasksOnSubtree and scheduleNTasksOnNodes).
 */
import type { Task } from '../../api/index.ts';
import { mapOrder } from '../map-order.ts';
import { type Branch, growTree, orderedCandidates, type TreeOptions } from './decision-tree.ts';
import type { NodeInfo } from './node-info.ts';
import { assignTask, type Pass } from './pass.ts';
import { checksOf, Pipeline } from './pipeline.ts';
import { type Candidate, compareRanks, rankingOf, refreshCandidate } from './ranking.ts';
import { noteSpread } from './spread.ts';

/** What is left of a group, and what the filters said since a node last passed. */
export interface Unplaced {
  readonly tasks: readonly Task[];
  readonly explanation: string;
}

/** Places as many of the tasks as fit, in the order given. */
export function placeGroup(pass: Pass, tasks: readonly Task[]): Unplaced {
  const [first] = tasks;
  if (!first) return { tasks, explanation: '' };
  const pipeline = new Pipeline(checksOf(first, pass.filters, pass.surroundings));
  const options: TreeOptions = {
    preferences: first.spec.placement?.preferences,
    limit: tasks.length,
    pipeline,
    ranking: rankingOf(first, pass.at),
  };
  const group: Group = { pass, tasks, next: 0, options };
  const root = growTree(visitingOrder(pass), options);
  const placed = placeOnBranch(group, tasks.length, root);
  noteSpread(pass, { wanted: tasks.length, placed }, root, options.preferences);
  return { tasks: tasks.slice(group.next), explanation: pipeline.explain() };
}

interface Group {
  readonly pass: Pass;
  readonly tasks: readonly Task[];
  /** The first task that has no node yet. */
  next: number;
  readonly options: TreeOptions;
}

/**
 * The nodes as Go walks its map of them: which of equal nodes a task gets, and which nodes the explanation of a partly
 * placed group counts, depends on it. It is drawn whatever `races` says, for where tasks land is what seeds are to vary.
 */
function visitingOrder({ state, random }: Pass): NodeInfo[] {
  return mapOrder(random, 'explore', [...state.nodes.values()]);
}

/**
 * Splits `count` tasks over the branches so as to level them. The counts of the branches are those from before the
 * pass, and branches above the mean are part of it, so that the shares may add up to more than there are tasks: the
 * first branches visited then take too many. Returns how many were placed.
 */
function placeOnBranch(group: Group, count: number, branch: Branch): number {
  if (branch.children.size === 0) return fillLeaf(group, count, orderedCandidates(branch, group.options));
  const children = [...branch.children.values()];
  const full = new Set<Branch>();
  let placed = 0;
  let tasksInOpen = branch.tasks;
  let wasOffered = true;
  while (placed !== count && full.size < children.length && wasOffered) {
    wasOffered = false;
    const open = children.length - full.size;
    const total = tasksInOpen + count - placed;
    const share = Math.trunc(total / open);
    let rest = total % open;
    for (const child of group.pass.random.shuffle(children)) {
      if (full.has(child) || child.tasks > share || (child.tasks === share && rest <= 0)) continue;
      wasOffered = true;
      const offered = share - child.tasks + (rest > 0 ? 1 : 0);
      const taken = placeOnBranch(group, offered, child);
      placed += taken;
      if (taken < offered) {
        full.add(child);
        tasksInOpen -= child.tasks;
      } else if (rest > 0) rest -= 1;
    }
  }
  return placed;
}

/**
 * Deals up to `count` tasks to the candidates, best first. The first sweep stays on a node until its right neighbour
 * is better, and never turns back; from the last node on the tasks are dealt round one by one. Returns how many were
 * placed.
 */
function fillLeaf(group: Group, count: number, candidates: readonly Candidate[]): number {
  const { pass, tasks, options } = group;
  const size = candidates.length;
  if (size === 0) return 0;
  const full = new Set<Candidate>();
  let placed = 0;
  let position = 0;
  while (group.next < tasks.length) {
    const candidate = candidates[position % size]!;
    candidate.info = assignTask(pass, tasks[group.next]!, candidate.info.node.id);
    refreshCandidate(candidate, options.ranking);
    group.next += 1;
    placed += 1;
    if (placed === count) return placed;
    const isFirstSweep = position + 1 < size;
    if (!isFirstSweep || compareRanks(candidates[position + 1]!, candidate) < 0) position += 1;
    for (let skipped = 0; !canTake(candidates[position % size]!, full, options.pipeline); skipped += 1) {
      if (skipped + 1 === size) return placed;
      position += 1;
    }
  }
  return placed;
}

/** A node that was refused once is not asked again in the same call. */
function canTake(candidate: Candidate, full: Set<Candidate>, pipeline: Pipeline): boolean {
  if (full.has(candidate)) return false;
  if (pipeline.stillPasses(candidate.info)) return true;
  full.add(candidate);
  return false;
}
