/**
 * The task reaper (swarmkit manager/orchestrator/taskreaper/task_reaper.go): deletes tasks that are to be removed, and
 * ended tasks beyond the history limit. It works in rounds of 250 ms, and only in slots in which a task was created.
 */
import { type Service, type Task, TaskState } from '../../api/index.ts';
import { type Micros, millis } from '../../base/index.ts';
import { byDesiredState, byNodeId, bySlot, byTaskState, type Change, type Transaction } from '../../store/index.ts';
import { rank } from '../rank.ts';
import type { Context, Reactor, Step } from '../reactor.ts';
import { currentCluster } from './service.ts';
import { type SlotTuple, slotKey, taskTimestamp } from './task.ts';

const REAPER_INTERVAL: Micros = millis(250);

/** More waiting work than this is done at once. */
const MAX_DIRTY = 1000;

interface ReaperState {
  historyLimit: number;
  /** Slots in which a task was created since they were last found in order. */
  readonly dirty: Map<string, SlotTuple>;
  /** Tasks to be deleted whatever the limit. */
  readonly cleanup: Set<string>;
  isTimerRunning: boolean;
}

export const taskReaper: Reactor<ReaperState> = {
  name: 'task-reaper',
  rank: rank.taskReaper,
  wants: (_state, change) => change.kind !== 'delete' && (change.table === 'tasks' || change.table === 'clusters'),

  start(ctx) {
    const state: ReaperState = {
      historyLimit: currentCluster(ctx.store)?.spec.orchestration.taskHistoryRetentionLimit ?? 0,
      dirty: new Map(),
      cleanup: new Set(),
      isTimerRunning: false,
    };
    for (const task of ctx.store.tasks.find(byTaskState(TaskState.ORPHANED)))
      if (task.serviceId === '') state.cleanup.add(task.id);
    for (const task of ctx.store.tasks.find(byDesiredState(TaskState.REMOVE)))
      if (isGone(task)) state.cleanup.add(task.id);
    if (state.cleanup.size > 0) sweep(ctx, state);
    return state;
  },

  receive(ctx, state, input) {
    if (input.type === 'timer') {
      state.isTimerRunning = false;
      return sweep(ctx, state);
    }
    if (input.type !== 'change' || !note(state, input.change)) return;
    if (state.dirty.size + state.cleanup.size > MAX_DIRTY) {
      ctx.cancel('sweep');
      state.isTimerRunning = false;
      sweep(ctx, state);
    } else if (!state.isTimerRunning) {
      state.isTimerRunning = true;
      ctx.after(REAPER_INTERVAL, 'sweep');
    }
  },

  writes: {
    delete: (_ctx, _state: ReaperState, tx: Transaction, _step: Step, taskId: string) => tx.tasks.delete(taskId),
  },
};

/** Says whether the change is one that starts a round. */
function note(state: ReaperState, change: Change): boolean {
  if (change.table === 'clusters') {
    if (change.kind !== 'update') return false;
    state.historyLimit = change.after.spec.orchestration.taskHistoryRetentionLimit;
    return true;
  }
  if (change.table !== 'tasks' || change.kind === 'delete') return false;
  const task = change.after;
  if (change.kind === 'create')
    state.dirty.set(slotKey(task), { serviceId: task.serviceId, slot: task.slot, nodeId: task.nodeId });
  else {
    if (task.status.state >= TaskState.ORPHANED && task.serviceId === '') state.cleanup.add(task.id);
    if (task.desiredState === TaskState.REMOVE && isGone(task)) state.cleanup.add(task.id);
  }
  return true;
}

/** Never reached a node, or has ended there. */
function isGone(task: Task): boolean {
  return task.status.state < TaskState.ASSIGNED || task.status.state >= TaskState.COMPLETE;
}

function sweep(ctx: Context, state: ReaperState): void {
  if (state.dirty.size === 0 && state.cleanup.size === 0) return;
  const deleted = new Set(state.cleanup);
  for (const [key, slot] of [...state.dirty]) if (prune(ctx, state, slot, deleted)) state.dirty.delete(key);
  state.cleanup.clear();
  if (deleted.size > 0) ctx.batch({ do: 'delete' }, [...deleted]);
}

/** Adds a slot's surplus to `deleted`; says whether the slot is in order now. */
function prune(ctx: Context, state: ReaperState, slot: SlotTuple, deleted: Set<string>): boolean {
  const service = ctx.store.services.get(slot.serviceId);
  if (!service) return true;
  const limit = historyLimitOf(state, service);
  if (limit < 0) return true;
  const tasks = tasksOf(ctx, slot, service);
  if (tasks.length <= limit) return true;

  const oldestFirst = [...tasks].sort((a, b) => taskTimestamp(a) - taskTimestamp(b));
  let surplus = tasks.length - limit;
  let live = 0;
  for (const task of oldestFirst) {
    if (!isHistory(task)) live += 1;
    else {
      deleted.add(task.id);
      surplus -= 1;
      if (surplus <= 0) break;
    }
  }
  return live <= 1;
}

/** A limited number of attempts overrides the cluster's setting, so that they can still be counted. */
function historyLimitOf(state: ReaperState, service: Service): number {
  const attempts = service.spec.task.restart?.maxAttempts ?? 0;
  return attempts > 0 ? attempts + 1 : state.historyLimit;
}

/** Jobs' tasks are never pruned by the limit. */
function tasksOf(ctx: Context, slot: SlotTuple, service: Service): readonly Task[] {
  switch (service.spec.mode.kind) {
    case 'replicated':
      return ctx.store.tasks.find(bySlot(slot.serviceId, slot.slot));
    case 'global':
      return ctx.store.tasks.find(byNodeId(slot.nodeId)).filter((task) => task.serviceId === slot.serviceId);
    default:
      return [];
  }
}

function isHistory(task: Task): boolean {
  return (
    task.status.state > TaskState.RUNNING ||
    (task.status.state < TaskState.ASSIGNED && task.desiredState > TaskState.RUNNING)
  );
}
