/** Writing decisions into the store (swarmkit manager/scheduler/scheduler.go, applySchedulingDecisions). */
import type { Task } from '../../api/index.ts';
import type { Transaction } from '../../store/index.ts';
import { forgetTask, unbook } from './absorb.ts';
import type { Decision } from './pass.ts';
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
  const { before, after } = decision;
  ownState(state);
  const stored = tx.tasks.get(before.id);
  if (!stored) {
    forgetTask(state, after);
    return 'gone';
  }
  if (readsAlike(stored, after)) return 'unchanged';
  if (stored.version !== before.version || !hasUsableVolumes(tx, after)) {
    putBack(state, decision);
    return 'put-back';
  }
  tx.tasks.put(after);
  if (decision.kind === 'confirmed') state.waitingPreassigned.delete(before.id);
  return 'written';
}

/**
 * Undoes what the scheduler has booked for a decision and queues the task again: also for each decision of a batch
 * whose proposal was dropped.
 */
export function putBack(state: SchedulerState, { kind, before, after }: Decision): void {
  ownState(state);
  unbook(state, after);
  releaseVolumes(state.volumes, after.id, after.volumes);
  if (before.nodeId === '') state.unassigned.set(before.id, before);
  else if (kind === 'confirmed') state.waitingPreassigned.set(before.id, before);
}

function readsAlike({ status: a }: Task, { status: b }: Task): boolean {
  return a.state === b.state && a.message === b.message && (a.err ?? '') === (b.err ?? '');
}

/** Volumes may have been paused, drained or deleted. */
function hasUsableVolumes(tx: Transaction, task: Task): boolean {
  return (task.volumes ?? []).every(({ id }) => tx.volumes.get(id)?.availability === 'active');
}
