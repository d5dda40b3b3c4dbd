/**
 * Reports are gathered and written together, every 100 ms, or as soon as there are very many (swarmkit
 * manager/dispatcher/dispatcher.go, Run and processUpdates).
 */
import type { TaskStatus } from '../../api/index.ts';
import type { Instant, Micros } from '../../base/index.ts';
import type { NodeUpdate, StatusBatch, Turn } from './state.ts';
import { STATUS_WRITER, type StatusItem } from './status-writer.ts';
import { BATCH_DUE } from './timers.ts';

/** As many tasks, or nodes, do not wait. */
const MAX_BATCH_ITEMS = 10_000;

export function newBatch(origin: Instant): StatusBatch {
  return { tasks: new Map(), nodes: new Map(), origin, isTimerSet: false, writer: undefined };
}

export function queueTaskStatus(turn: Turn, taskId: string, status: TaskStatus): void {
  turn.state.batch.tasks.set(taskId, status);
  arrange(turn);
}

export function queueNodeUpdate(turn: Turn, nodeId: string, update: NodeUpdate): void {
  turn.state.batch.nodes.set(nodeId, update);
  arrange(turn);
}

/** Hands all that waits to a writer. The writer takes its time; what comes in meanwhile waits for the next batch. */
export function flush({ ctx, state: { batch } }: Turn): void {
  ctx.cancel(BATCH_DUE);
  batch.isTimerSet = false;
  const items: StatusItem[] = [
    ...ctx.mapOrder('dispatcher', [...batch.tasks]).map(([taskId, status]) => ({ taskId, status })),
    ...ctx.mapOrder('dispatcher', [...batch.nodes]).map(([nodeId, update]) => ({ nodeId, update })),
  ];
  batch.tasks = new Map();
  batch.nodes = new Map();
  batch.writer = ctx.spawn(STATUS_WRITER, items);
  ctx.notifyEnd(batch.writer);
}

/** The writer has ended: its batch is in the store, or lost. */
export function written(turn: Turn): void {
  const { ctx, state } = turn;
  state.batch.writer = undefined;
  state.batch.origin = ctx.now;
  arrange(turn);
}

/** swarmkit looks every 100 ms, and mostly finds nothing; here nothing happens until there is something to write. */
function arrange(turn: Turn): void {
  const { ctx, state, options } = turn;
  const { batch } = state;
  const size = Math.max(batch.tasks.size, batch.nodes.size);
  if (batch.writer !== undefined || size === 0) return;
  if (size >= MAX_BATCH_ITEMS) return flush(turn);
  if (batch.isTimerSet) return;
  batch.isTimerSet = true;
  ctx.after(untilDue(batch.origin, ctx.now, options.latencies.batchInterval), BATCH_DUE);
}

/** To the next multiple of the interval. What comes in at one just misses it. */
function untilDue(origin: Instant, now: Instant, interval: Micros): Micros {
  return interval === 0 ? 0 : interval - ((now - origin) % interval);
}
