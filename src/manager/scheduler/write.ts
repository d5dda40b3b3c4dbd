/** Writing decisions into the store (swarmkit manager/scheduler/scheduler.go, applySchedulingDecisions). */
import type { TaskStatus } from '../../api/index.ts';
import type { Transaction } from '../../store/index.ts';
import { unbook } from './absorb.ts';
import { type Decision, decidedStatus, decidedTask, isPlacement } from './decision.ts';
import { ownState, type SchedulerState } from './state.ts';
import { releaseVolumes } from './volumes.ts';

/**
 * - `written`: the task now reads as decided.
 * - `unchanged`: it read so before; the time stamp alone is never written.
 * - `gone`: the task was deleted meanwhile.
 * - `put-back`: the task, or a volume that it was to use, has changed meanwhile; it will be tried again.
 */
export type WriteOutcome = 'written' | 'unchanged' | 'gone' | 'put-back';

/**
 * Writes one decision, one step of a batch. Decisions are written in the order in which they were planned, in
 * transactions of at most 200 changes, and no change is absorbed before the last of them is committed.
 *
 * swarmkit also compares the version of the node, but only for a task that is stored as assigned already, which is
 * put back anyway: its version is not the one that the decision was made on.
 */
export function writeDecision(state: SchedulerState, tx: Transaction, decision: Decision): WriteOutcome {
  const { id, version } = decision.task;
  ownState(state);
  const stored = tx.tasks.get(id);
  if (!stored) {
    state.preassigned.delete(id);
    state.waitingPreassigned.delete(id);
    unbookDecision(state, decision);
    return 'gone';
  }
  if (readsAlike(stored.status, decidedStatus(decision))) return 'unchanged';
  if (stored.version !== version || !hasUsableVolumes(tx, decision)) {
    putBack(state, decision);
    return 'put-back';
  }
  tx.tasks.put(decidedTask(decision));
  if (decision.kind === 'confirmed') state.waitingPreassigned.delete(id);
  return 'written';
}

/**
 * Undoes what the scheduler has booked for a decision and queues the task again: also for each decision of a batch
 * whose proposal was dropped.
 */
export function putBack(state: SchedulerState, decision: Decision): void {
  const { task } = decision;
  ownState(state);
  unbookDecision(state, decision);
  if (task.nodeId === '') state.unassigned.set(task.id, task);
  else state.waitingPreassigned.set(task.id, task);
}

function unbookDecision(state: SchedulerState, decision: Decision): void {
  if (!isPlacement(decision)) return;
  const { id } = decision.task;
  const booked = state.nodes.get(decision.nodeId)?.tasks.get(id);
  if (booked) unbook(state, decision.nodeId, booked);
  releaseVolumes(state.volumes, id, decision.volumes);
}

function readsAlike(a: TaskStatus, b: TaskStatus): boolean {
  return a.state === b.state && a.message === b.message && (a.err ?? '') === (b.err ?? '');
}

/** Volumes may have been paused, drained or deleted. */
function hasUsableVolumes(tx: Transaction, decision: Decision): boolean {
  return !isPlacement(decision) || decision.volumes.every(({ id }) => tx.volumes.get(id)?.availability === 'active');
}
