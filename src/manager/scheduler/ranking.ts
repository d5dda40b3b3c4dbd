/**
 * Which of two nodes is better for a task (swarmkit manager/scheduler/scheduler.go, nodeLess). Free resources, the
 * size of a node and the presence of an image play no role.
 */
import type { Task } from '../../api/index.ts';
import { compareText, type Instant } from '../../base/index.ts';
import { failureKey, MAX_FAILURES, recentFailures } from './failures.ts';
import { activeOfService, type NodeInfo } from './node-info.ts';

/** What nodes are compared by, in this order; less is better. */
export interface Rank {
  /** Recent failures of this version of the service, from the fifth on; fewer do not count. */
  readonly failures: number;
  /** Active tasks of the service. */
  readonly ofService: number;
  /** Active tasks in all. */
  readonly total: number;
}

/** A node with the rank it had when it was last looked at. */
export interface Candidate {
  info: NodeInfo;
  readonly failures: number;
  ofService: number;
  total: number;
  tie: number;
}

/** For whom nodes are ranked, and when. */
export interface RankingOf {
  readonly serviceId: string;
  readonly failureKey: string;
  readonly at: Instant;
  /** From {@link drawSalt}; 0 where ties are nobody's concern, or are settled by the order of a heap. */
  readonly salt: number;
}

export function rankingOf(task: Task, at: Instant, salt = 0): RankingOf {
  return { serviceId: task.serviceId, failureKey: failureKey(task.serviceId, task.specVersion), at, salt };
}

/** How a node stands for a task. */
export function rankOf(info: NodeInfo, { serviceId, specVersion }: Task, at: Instant): Rank {
  const failures = failuresThatCount(info, failureKey(serviceId, specVersion), at);
  return { failures, ofService: activeOfService(info, serviceId), total: info.activeTasks };
}

function failuresThatCount(info: NodeInfo, key: string, at: Instant): number {
  const failures = recentFailures(info.failures, key, at);
  return failures >= MAX_FAILURES ? failures : 0;
}

export function createCandidate(info: NodeInfo, ranking: RankingOf): Candidate {
  const failures = failuresThatCount(info, ranking.failureKey, ranking.at);
  const candidate = { info, failures, ofService: 0, total: 0, tie: 0 };
  refreshCandidate(candidate, ranking);
  return candidate;
}

/** Takes over what has been booked on the node meanwhile. The failures stay: they are counted once in a pass. */
export function refreshCandidate(candidate: Candidate, { serviceId, salt }: RankingOf): void {
  candidate.ofService = activeOfService(candidate.info, serviceId);
  candidate.total = candidate.info.activeTasks;
  candidate.tie = tieOf(candidate.info, salt);
}

/** Negative if `a` is better, 0 if the scheduler sees no difference. */
export function compareRanks(a: Rank, b: Rank): number {
  return a.failures - b.failures || a.ofService - b.ofService || a.total - b.total;
}

/**
 * The rank with ties broken, for tasks that are placed one by one. swarmkit walks its map of nodes anew for each of
 * them. Here every node draws a number from the pass's salt, and a new one with every task that it takes, so that
 * whoever compares the same nodes at the same moment gets the same order, however it looks for the best.
 */
export function compareCandidates(a: Candidate, b: Candidate): number {
  return compareRanks(a, b) || a.tie - b.tie || compareText(a.info.node.id, b.info.node.id);
}

/** The salt of a pass. A source that always answers 0 makes the lowest id win ties. */
export function drawSalt(random: { integer(bound: number): number }): number {
  return random.integer(2 ** 32);
}

/** A hash of the salt, the node and its number of tasks (the finaliser of MurmurHash3). */
function tieOf(info: NodeInfo, salt: number): number {
  if (salt === 0) return 0;
  let hash = info.tieSeed ^ salt ^ Math.imul(info.activeTasks, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
