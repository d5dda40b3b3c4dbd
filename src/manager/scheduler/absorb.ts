/** How the scheduler's picture follows the store (swarmkit manager/scheduler/scheduler.go, Run and its helpers). */
import { type Node, type Task, TaskState } from '../../api/index.ts';
import type { Instant } from '../../base/index.ts';
import type { Change } from '../../store/index.ts';
import { failureKey, withFailure } from './failures.ts';
import { bookTask, createNodeInfo, needsRecount, recountTask, replaceNode, unbookTask } from './node-info.ts';
import { addPreassigned, isScheduled, ownNode, ownState, type SchedulerState } from './state.ts';
import { addVolume, releaseVolumes } from './volumes.ts';

/**
 * Takes in one change of the store, in the order of commits, the scheduler's own included. Says whether a pass over
 * the tasks without a node is now required; the state remembers it until that pass.
 */
export function absorb(state: SchedulerState, change: Change, at: Instant): boolean {
  ownState(state);
  const requires = absorbChange(state, change, at);
  if (requires) state.isPassRequired = true;
  return requires;
}

/** Takes the task off the node, if it is booked there; `task` says what it gives back. */
export function unbook(state: SchedulerState, nodeId: string, task: Task): boolean {
  if (!state.nodes.get(nodeId)?.tasks.has(task.id)) return false;
  unbookTask(ownNode(state, nodeId)!, task);
  return true;
}

function absorbChange(state: SchedulerState, change: Change, at: Instant): boolean {
  switch (change.table) {
    case 'tasks':
      if (change.kind === 'create') return absorbTask(state, undefined, change.after, at);
      if (change.kind === 'update') return absorbTask(state, change.before, change.after, at);
      state.ignored.delete(change.id);
      return forgetTask(state, change.before);
    case 'nodes':
      if (change.kind === 'delete') {
        state.nodes.delete(change.id);
        return false;
      }
      absorbNode(state, change.after, at);
      return true;
    case 'volumes':
      // Volumes are stored here only once their driver has made them, which swarmkit sees as an update.
      if (change.kind === 'delete') return false;
      addVolume(state.volumes, change.after);
      return true;
    default:
      return false;
  }
}

function absorbTask(state: SchedulerState, before: Task | undefined, task: Task, at: Instant): boolean {
  if (!isScheduled(task)) {
    const wasKnown = before !== undefined && isScheduled(before) && !state.ignored.has(task.id);
    if (!wasKnown || task.status.state < TaskState.PENDING) return false;
    noteFailure(state, task, at);
    forgetTask(state, lastSeen(state, before));
    return true;
  }
  state.ignored.delete(task.id);
  if (task.nodeId === '') {
    state.unassigned.set(task.id, task);
    return true;
  }
  if (task.status.state === TaskState.PENDING) addPreassigned(state, task);
  else count(state, task);
  return false;
}

/**
 * The task as the scheduler saw it last. That is the stored version, unless nobody has written the task since it was
 * booked: then it holds the generic resources that it was given on that occasion.
 */
function lastSeen(state: SchedulerState, before: Task): Task {
  const booked = state.nodes.get(before.nodeId)?.tasks.get(before.id);
  return booked?.version === before.version ? booked : before;
}

/** A task is gone, or counts anew: frees what it held. Says whether it was booked on a node. */
function forgetTask(state: SchedulerState, task: Task): boolean {
  state.preassigned.delete(task.id);
  state.waitingPreassigned.delete(task.id);
  releaseVolumes(state.volumes, task.id, task.volumes);
  // A task that waited without a node stays in the queue: swarmkit forgets to take it out. It takes part in the next
  // pass, where it may take the last place, and is dropped only when that decision is written.
  return unbook(state, task.nodeId, task);
}

/** The scheduler does not choose the node of a preassigned task, so it does not blame the node either. */
function noteFailure(state: SchedulerState, task: Task, at: Instant): void {
  if (task.status.state !== TaskState.FAILED && task.status.state !== TaskState.REJECTED) return;
  if (state.preassigned.has(task.id)) return;
  const info = ownNode(state, task.nodeId);
  if (info) info.failures = withFailure(info.failures, failureKey(task.serviceId, task.specVersion), at);
}

function count(state: SchedulerState, task: Task): void {
  const booked = state.nodes.get(task.nodeId)?.tasks.get(task.id);
  if (booked && !needsRecount(booked, task)) return;
  const info = ownNode(state, task.nodeId);
  if (!info) return;
  if (booked) recountTask(info, task);
  else bookTask(info, task);
}

function absorbNode(state: SchedulerState, node: Node, at: Instant): void {
  const info = ownNode(state, node.id);
  if (info) replaceNode(info, node);
  else state.nodes.set(node.id, createNodeInfo(node, at, state.owner));
}
