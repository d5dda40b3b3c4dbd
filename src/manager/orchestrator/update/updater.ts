/**
 * A rolling update (swarmkit manager/orchestrator/update/updater.go, Run). There are no batches: parallelism is a
 * number of independent workers, and each takes the next dirty slot when its own is done. While slots remain the
 * updater looks at failures as they come; once all are handed out it waits for its workers and lets failures queue
 * up, and then watches for one more monitor period before it declares the update complete.
 */
import {
  DEFAULT_UPDATE_CONFIG,
  DEFAULT_UPDATE_MONITOR,
  type Service,
  type Task,
  TaskState,
  type UpdateConfig,
} from '../../../api/index.ts';
import { microsOf, seconds } from '../../../base/index.ts';
import type { Transaction } from '../../../store/index.ts';
import { rank } from '../../rank.ts';
import type { Context, Reactor, Step } from '../../reactor.ts';
import { isTaskDirty, type Slot } from '../task.ts';
import type { UpdaterArguments, UpdaterState } from './state.ts';
import type { WithUpdates } from './supervisor.ts';
import { writeCompleted, writePaused, writeRolledBack, writeStarted } from './update-status.ts';

export const updater: Reactor<UpdaterState> = {
  name: 'updater',
  rank: rank.updater,

  wants: (state, change) =>
    state.watchesFailures &&
    change.table === 'tasks' &&
    change.kind === 'update' &&
    change.after.serviceId === state.service.id &&
    change.after.status.state > TaskState.RUNNING,

  start(ctx, args) {
    const state = newUpdate(args as UpdaterArguments);
    const status = state.service.updateStatus?.state;
    if (status === 'paused' || status === 'rollback_paused') {
      ctx.end();
      return state;
    }
    state.dirty = (args as UpdaterArguments).slots.filter((slot) => isSlotDirty(ctx, state, slot));
    if (state.dirty.length === 0) {
      if (status === 'updating' || status === 'rollback_started') ctx.write({ do: 'complete' });
      ctx.next({ do: 'end' });
      return state;
    }
    if (status === undefined) ctx.write({ do: 'start' });
    ctx.next({ do: 'distribute' });
    return state;
  },

  receive(ctx, state, input) {
    if (input.type === 'change' && input.change.table === 'tasks' && input.change.kind === 'update')
      state.failures.push(input.change.after);
    else if (input.type === 'ended') state.workers.delete(input.process);
    else if (input.type === 'timer') {
      // Failures of this very instant that came before the end of the watch have been looked at already.
      return complete(ctx, state);
    }
    advance(ctx, state);
  },

  steps: {
    distribute(ctx, state: UpdaterState) {
      if (state.stopped) return finish(ctx, state);
      state.phase = 'distributing';
      state.watchesFailures = state.config.failureAction !== 'continue';
      const { parallelism } = state.config;
      state.unstarted = parallelism === 0 ? state.dirty.length : Math.min(parallelism, state.dirty.length);
      startWorker(ctx, state);
      // The first worker is on its way before the others have their slots: where the store is free it is written at
      // once, and the start that a start-first replacement asks for then comes before the other workers' writes.
      if (state.unstarted > 0) ctx.signal(ctx.self, 'first worker started');
      else advance(ctx, state);
    },
    finish,
    complete,
    end(ctx) {
      ctx.end();
    },
  },

  writes: {
    start: (ctx, state: UpdaterState, tx: Transaction) => writeStarted(tx, state.service.id, ctx.now),
    pause: (_ctx, state: UpdaterState, tx: Transaction, { message }: ActionStep) =>
      writePaused(tx, state.service.id, message),
    'roll back': (_ctx, state: UpdaterState, tx: Transaction, { message }: ActionStep) =>
      writeRolledBack(tx, state.service.id, message),
    complete: (ctx, state: UpdaterState, tx: Transaction) => writeCompleted(tx, state.service.id, ctx.now),
  },

  ended(ctx, state) {
    const owner = state && (ctx.stateOf(state.owner) as WithUpdates | undefined);
    if (owner?.updates.get(state.service.id)?.process === ctx.self) owner.updates.delete(state.service.id);
  },
};

/** What is done about a failure. */
interface ActionStep extends Step {
  readonly message: string;
}

function newUpdate({ owner, cluster, service }: UpdaterArguments): UpdaterState {
  const config = configOf(service);
  return {
    owner,
    cluster,
    service,
    config,
    dirty: [],
    next: 0,
    phase: 'starting',
    monitor: microsOf(config.monitor ?? DEFAULT_UPDATE_MONITOR),
    unstarted: 0,
    workers: new Set(),
    idle: [],
    stopped: false,
    watchesFailures: false,
    failures: [],
    counted: new Set(),
    created: new Map(),
  };
}

/** A rollback in progress is governed by the rollback config, anything else by the update config. */
function configOf(service: Service): UpdateConfig {
  const { rollback, update } = service.spec;
  return (service.updateStatus?.state === 'rollback_started' ? rollback : update) ?? DEFAULT_UPDATE_CONFIG;
}

function isSlotDirty(ctx: Context, state: UpdaterState, slot: Slot): boolean {
  const [task] = slot;
  return slot.length > 1 || (task !== undefined && isTaskDirty(state.service, task, ctx.store.nodes.get(task.nodeId)));
}

function startWorker(ctx: Context, state: UpdaterState): void {
  state.unstarted -= 1;
  const worker = ctx.spawn('updater-worker', { updater: ctx.self, slot: takeSlot(state) });
  state.workers.add(worker);
  ctx.notifyEnd(worker);
}

function takeSlot(state: UpdaterState): Slot {
  const slot = state.dirty[state.next]!;
  state.next += 1;
  return slot;
}

/** Goes as far as possible in the present phase. */
function advance(ctx: Context, state: UpdaterState): void {
  switch (state.phase) {
    case 'starting':
      return;
    case 'distributing':
      if (state.stopped) return finish(ctx, state);
      if (lookAtFailures(ctx, state)) return ctx.next({ do: 'finish' });
      while (state.unstarted > 0) startWorker(ctx, state);
      while (state.idle.length > 0 && state.next < state.dirty.length) {
        ctx.signal(state.idle.shift()!, 'slot', takeSlot(state));
      }
      if (state.next === state.dirty.length) finish(ctx, state);
      return;
    case 'finishing':
      if (state.workers.size === 0) watch(ctx, state);
      return;
    case 'watching':
      if (lookAtFailures(ctx, state)) ctx.next({ do: 'complete' });
  }
}

/** No more slots: the workers end as they become free. */
function finish(ctx: Context, state: UpdaterState): void {
  state.phase = 'finishing';
  for (const worker of state.idle.splice(0)) {
    ctx.kill(worker);
    state.workers.delete(worker);
  }
  if (state.workers.size === 0) watch(ctx, state);
}

/** The final watch. A delay that is not shorter than the monitor period lengthens it. */
function watch(ctx: Context, state: UpdaterState): void {
  if (state.stopped) return ctx.end();
  state.phase = 'watching';
  const delay = microsOf(state.config.delay);
  if (delay >= state.monitor) state.monitor = delay + seconds(1);
  ctx.after(state.monitor, 'watched');
  advance(ctx, state);
}

function complete(ctx: Context, state: UpdaterState): void {
  if (!state.stopped) ctx.write({ do: 'complete' });
  ctx.next({ do: 'end' });
}

/** Looks at queued failures until one of them makes the updater act; says whether one did. */
function lookAtFailures(ctx: Context, state: UpdaterState): boolean {
  for (let task = state.failures.shift(); task; task = state.failures.shift()) {
    if (isFailureOfRun(ctx, state, task) && triggersAction(ctx, state, task)) return true;
  }
  return false;
}

/**
 * A failure counts once per task that this run created, and only until a monitor period after it was seen
 * running. Before that every failure counts, however late, so a slow image pull does not use the period up.
 */
function isFailureOfRun(ctx: Context, state: UpdaterState, task: Task): boolean {
  if (state.counted.has(task.id) || !state.created.has(task.id)) return false;
  const seenRunning = state.created.get(task.id);
  if (seenRunning !== undefined && ctx.now - seenRunning > state.monitor) return false;
  state.counted.add(task.id);
  return true;
}

/** Where too many have failed (failureTriggersAction). */
function triggersAction(ctx: Context, state: UpdaterState, task: Task): boolean {
  const { failureAction, maxFailureRatio } = state.config;
  // swarmkit compares 32-bit floats.
  if (Math.fround(state.counted.size / state.dirty.length) <= Math.fround(maxFailureRatio)) return false;
  const because = `due to failure or early termination of task ${task.id}`;
  if (failureAction === 'pause') {
    state.stopped = true;
    ctx.write<ActionStep>({ do: 'pause', message: `update paused ${because}` });
  } else if (state.service.updateStatus?.state === 'rollback_started') {
    // A rollback is never rolled back. The status says paused, but the updater is not stopped: it goes straight to
    // its end and overwrites the status.
    ctx.write<ActionStep>({ do: 'pause', message: `rollback paused ${because}` });
  } else {
    state.stopped = true;
    ctx.write<ActionStep>({ do: 'roll back', message: `update rolled back ${because}` });
  }
  return true;
}
