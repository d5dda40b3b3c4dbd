/**
 * One of an updater's workers (swarmkit updater.go: worker, updateTask, useExistingTask): brings one slot after
 * the other to the new specification. It waits, without any time limit, until the very task that it created is
 * RUNNING or has ended, and then for the update's delay, also after the last slot.
 */
import { type Task, TaskState } from '../../../api/index.ts';
import { microsOf } from '../../../base/index.ts';
import type { NewEntity, Transaction } from '../../../store/index.ts';
import { rank } from '../../rank.ts';
import { Abandoned, type Context, type Reactor, type Step } from '../../reactor.ts';
import { delayStart } from '../restart/delayed-start.ts';
import type { WithRestarts } from '../restart/state.ts';
import { isGlobalService } from '../service.ts';
import { isTaskDirty, newTask, type Slot } from '../task.ts';
import type { UpdaterState, WorkerState } from './state.ts';

interface ReplaceStep extends Step {
  readonly task: NewEntity<Task>;
}

interface UseStep extends Step {
  readonly existing: Task;
}

export const updaterWorker: Reactor<WorkerState> = {
  name: 'updater-worker',
  rank: rank.updaterWorker,

  start(ctx, args) {
    const { updater, slot } = args as Pick<WorkerState, 'updater' | 'slot'>;
    ctx.next({ do: 'update slot' });
    return { updater, slot, waits: 'nothing', taskId: '', news: [], start: undefined, stopped: false };
  },

  receive(ctx, state, input) {
    switch (input.type) {
      case 'signal':
        state.slot = input.data as Slot;
        return ctx.next({ do: 'update slot' });
      case 'change':
        // News of the slot before may still be in the inbox.
        if (input.change.id === state.taskId && input.change.table === 'tasks' && input.change.kind === 'update') {
          state.news.push(input.change.after);
        }
        break;
      case 'ended':
        if (input.process === state.start && state.waits === 'start') return startDone(ctx, state);
        break;
      case 'timer':
        return ctx.next({ do: 'take next' });
    }
    if (state.waits === 'running') lookForRunning(ctx, state);
  },

  steps: {
    'update slot'(ctx, state: WorkerState) {
      const existing = cleanTask(ctx, state);
      if (existing) useExistingTask(ctx, state, existing);
      else updateTask(ctx, state);
    },
    /** Waits for the delayed start of what was put in place. */
    'await start'(ctx, state: WorkerState) {
      if (state.stopped) return ctx.end();
      state.waits = 'start';
      if (state.start === undefined) return startDone(ctx, state);
      ctx.notifyEnd(state.start);
    },
    'slot done'(ctx, state: WorkerState) {
      if (state.stopped) return ctx.end();
      ctx.watch(undefined);
      state.taskId = '';
      state.news.length = 0;
      const delay = microsOf(updaterOf(ctx, state).config.delay);
      if (delay === 0) return ctx.next({ do: 'take next' });
      state.waits = 'delay';
      ctx.after(delay, 'delay');
    },
    'take next'(ctx, state: WorkerState) {
      state.waits = 'nothing';
      const updater = updaterOf(ctx, state);
      if (updater.phase !== 'distributing') return ctx.end();
      updater.idle.push(ctx.self);
      ctx.signal(state.updater, 'idle');
    },
  },

  writes: {
    replace(ctx, state: WorkerState, tx: Transaction, step: ReplaceStep) {
      const { owner, config } = updaterOf(ctx, state);
      if (!tx.services.get(step.task.serviceId)) throw new Abandoned('service was deleted');
      tx.tasks.create(step.task);
      const oldTask = config.order === 'start-first' ? undefined : removeOldTasks(tx, state.slot);
      state.start = startDelayed(ctx, owner, step.task.id, oldTask);
      ctx.next({ do: 'await start' });
    },
    'use existing'(ctx, state: WorkerState, tx: Transaction, step: UseStep) {
      const others = state.slot.filter((task) => task !== step.existing);
      const oldTask = others.length > 0 ? removeOldTasks(tx, others) : undefined;
      const { owner } = updaterOf(ctx, state);
      state.start =
        step.existing.desiredState === TaskState.RUNNING
          ? undefined
          : startDelayed(ctx, owner, step.existing.id, oldTask);
      ctx.next({ do: 'await start' });
    },
    'remove old'(_ctx, state: WorkerState, tx: Transaction) {
      shutDown(tx, state.slot);
    },
  },

  failed(ctx, _state, step) {
    // The slot is skipped; its delay is not. "remove old" has its own next step already.
    if (step.do !== 'remove old') ctx.next({ do: 'slot done' });
  },
};

function updaterOf(ctx: Context, state: WorkerState): UpdaterState {
  return ctx.stateOf(state.updater) as UpdaterState;
}

/** A clean task that is wanted to run, else the last clean one that is held back. */
function cleanTask(ctx: Context, state: WorkerState): Task | undefined {
  const { service } = updaterOf(ctx, state);
  const clean = state.slot.filter((task) => !isTaskDirty(service, task, ctx.store.nodes.get(task.nodeId)));
  return (
    clean.find((task) => task.desiredState === TaskState.RUNNING) ??
    clean.filter((task) => task.desiredState < TaskState.RUNNING).pop()
  );
}

function useExistingTask(ctx: Context, state: WorkerState, existing: Task): void {
  if (state.slot.length > 1 || existing.desiredState !== TaskState.RUNNING)
    ctx.write<UseStep>({ do: 'use existing', existing });
  else ctx.next({ do: 'slot done' });
}

function updateTask(ctx: Context, state: WorkerState): void {
  const updater = updaterOf(ctx, state);
  const [first] = state.slot;
  const task = newTask(
    ctx,
    updater.cluster,
    updater.service,
    first!.slot,
    isGlobalService(updater.service) ? first!.nodeId : '',
  );
  // Known to the updater before it exists: a failure counts from the start.
  updater.created.set(task.id, undefined);
  state.taskId = task.id;
  ctx.watch({ taskId: task.id });
  ctx.write<ReplaceStep>({ do: 'replace', task: { ...task, desiredState: TaskState.READY } });
}

function startDelayed(ctx: Context, owner: number, taskId: string, oldTask: Task | undefined): number {
  const { restarts } = ctx.stateOf(owner) as WithRestarts;
  return delayStart(ctx, owner, restarts, { taskId, oldTask, delay: 0, waitStop: true });
}

/** The new task may start. A task that was there before is not waited for any further. */
function startDone(ctx: Context, state: WorkerState): void {
  if (state.taskId === '') return ctx.next({ do: 'slot done' });
  state.waits = 'running';
  lookForRunning(ctx, state);
}

function lookForRunning(ctx: Context, state: WorkerState): void {
  for (let task = state.news.shift(); task; task = state.news.shift()) {
    if (task.status.state < TaskState.RUNNING) continue;
    const updater = updaterOf(ctx, state);
    updater.created.set(task.id, ctx.now);
    state.waits = 'nothing';
    if (updater.config.order === 'start-first' && task.status.state === TaskState.RUNNING)
      ctx.write({ do: 'remove old' });
    return ctx.next({ do: 'slot done' });
  }
}

/** Shuts tasks down; returns the last one for which it was not too late. Throws where it was for all of them. */
function removeOldTasks(tx: Transaction, tasks: Slot): Task | undefined {
  const wanted = tasks.filter((task) => task.desiredState <= TaskState.RUNNING);
  const removed = shutDown(tx, wanted);
  if (wanted.length > 0 && !removed) throw new Abandoned('every old task was shut down before the updater reached it');
  return removed;
}

function shutDown(tx: Transaction, tasks: Slot): Task | undefined {
  let removed: Task | undefined;
  for (const original of tasks) {
    const task = tx.tasks.get(original.id);
    if (!task || original.desiredState > TaskState.RUNNING || task.desiredState > TaskState.RUNNING) continue;
    tx.tasks.put({ ...task, desiredState: TaskState.SHUTDOWN });
    removed = original;
  }
  return removed;
}
