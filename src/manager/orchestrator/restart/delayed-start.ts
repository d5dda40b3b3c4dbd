/**
 * A replacement that is held at READY until its delay is over and the task before it has stopped (swarmkit
 * restart.go, DelayStart): the old task ends, or its node goes down or is deleted, or one minute has passed since
 * the beginning, whichever comes first.
 */
import { type Task, TaskState } from '../../../api/index.ts';
import { type Micros, minutes } from '../../../base/index.ts';
import type { Change, Transaction } from '../../../store/index.ts';
import { rank } from '../../rank.ts';
import type { Context, Input, ProcessId, Reactor } from '../../reactor.ts';
import type { RestartState, WithRestarts } from './state.ts';

/** How long a replacement waits for the old task at the most. */
const OLD_TASK_TIMEOUT: Micros = minutes(1);

export interface DelayStart {
  readonly taskId: string;
  readonly oldTask: Task | undefined;
  readonly delay: Micros;
  readonly waitStop: boolean;
}

/** Starts the delayed start of a task; an earlier one of the same task is cancelled. Returns its process. */
export function delayStart(ctx: Context, owner: ProcessId, restarts: RestartState, start: DelayStart): ProcessId {
  cancelDelay(ctx, restarts, start.taskId);
  const waitsFor =
    start.waitStop && start.oldTask && start.oldTask.status.state <= TaskState.RUNNING ? start.oldTask : undefined;
  const args: DelayedStartArguments = { owner, taskId: start.taskId, delay: start.delay, oldTaskId: waitsFor?.id };
  const watch = waitsFor ? { taskId: waitsFor.id, nodeId: waitsFor.nodeId } : {};
  const process = ctx.spawn('delayed-start', args, watch);
  restarts.delays.set(start.taskId, { process, waiter: false });
  return process;
}

/** Cancels a delayed start, unless it is writing already. */
export function cancelDelay(ctx: Context, restarts: RestartState, taskId: string): void {
  const pending = restarts.delays.get(taskId);
  if (pending && !ctx.kill(pending.process)) ctx.waitFor(pending.process);
}

/** Lets a held task go on: RUNNING, or COMPLETE for a task of a job. */
export function startNow(tx: Transaction, taskId: string): void {
  const task = tx.tasks.get(taskId);
  if (!task || task.desiredState >= TaskState.RUNNING) return;
  tx.tasks.put({ ...task, desiredState: task.jobIteration === undefined ? TaskState.RUNNING : TaskState.COMPLETE });
}

interface DelayedStartArguments {
  /** The orchestrator whose restart supervisor this belongs to. */
  readonly owner: ProcessId;
  readonly taskId: string;
  readonly delay: Micros;
  /** The task whose end is waited for, if any. */
  readonly oldTaskId: string | undefined;
}

interface DelayedStartState extends DelayedStartArguments {
  delayed: boolean;
  stopped: boolean;
  starting: boolean;
}

export const delayedStart: Reactor<DelayedStartState> = {
  name: 'delayed-start',
  rank: rank.delayedStart,

  start(ctx, args) {
    const { delay, oldTaskId } = args as DelayedStartArguments;
    if (delay > 0) ctx.after(delay, 'delay');
    if (oldTaskId !== undefined) ctx.after(OLD_TASK_TIMEOUT, 'timeout');
    const state = {
      ...(args as DelayedStartArguments),
      delayed: delay <= 0,
      stopped: oldTaskId === undefined,
      starting: false,
    };
    maybeStart(ctx, state);
    return state;
  },

  receive(ctx, state, input) {
    if (input.type === 'timer' && input.timer === 'delay') state.delayed = true;
    else if (isOver(state, input)) state.stopped = true;
    maybeStart(ctx, state);
  },

  writes: {
    'start now'(_ctx, state: DelayedStartState, tx: Transaction) {
      startNow(tx, state.taskId);
    },
  },

  steps: {
    end(ctx) {
      ctx.end();
    },
  },

  failed(ctx) {
    ctx.end();
  },

  ended(ctx, state) {
    const owner = ctx.stateOf(state.owner) as WithRestarts | undefined;
    if (owner?.restarts.delays.get(state.taskId)?.process === ctx.self) owner.restarts.delays.delete(state.taskId);
  },
};

function maybeStart(ctx: Context, state: DelayedStartState): void {
  if (state.starting || !state.delayed || !state.stopped) return;
  state.starting = true;
  ctx.write({ do: 'start now' });
  ctx.next({ do: 'end' });
}

function isOver(state: DelayedStartState, input: Input): boolean {
  if (input.type === 'timer') return input.timer === 'timeout';
  return input.type === 'change' && endsWait(state, input.change);
}

function endsWait(state: DelayedStartState, change: Change): boolean {
  if (change.table === 'tasks')
    return change.id === state.oldTaskId && change.kind === 'update' && change.after.status.state > TaskState.RUNNING;
  if (change.table !== 'nodes') return false;
  return change.kind === 'delete' || (change.kind === 'update' && change.after.status.state === 'down');
}
