/**
 * What an orchestrator does with the tasks it finds when it starts (swarmkit manager/orchestrator/taskinit/init.go):
 * the leader before it may not have finished. Restart history is rebuilt from the tasks that are still stored.
 */
import { type Service, type Task, TaskState } from '../../api/index.ts';
import type { Micros } from '../../base/index.ts';
import type { Transaction } from '../../store/index.ts';
import type { Context, Step } from '../reactor.ts';
import { delayStart, startNow } from './restart/delayed-start.ts';
import { recordRestart } from './restart/history.ts';
import type { RestartState, WithRestarts } from './restart/state.ts';
import { restartDelay } from './restart/supervisor.ts';
import { isGlobalJob, isGlobalService } from './service.ts';
import { slotKey, taskTimestamp } from './task.ts';

/** One sub-change: a task of a deleted service, a task on a node where it cannot be, or a start that was due. */
export type InitItem =
  | { readonly delete: string }
  | { readonly shutDown: string }
  | { readonly start: string; readonly after: Micros };

/** Asks for the write `init`. `fix` may ask for a task to be shut down by returning true. */
export function fixTasks(
  ctx: Context,
  isRelated: (service: Service | undefined) => boolean,
  fix: (task: Task) => boolean,
): void {
  const items: InitItem[] = [];
  for (const task of ctx.store.tasks.all()) {
    const service = ctx.store.services.get(task.serviceId);
    if (!service) {
      if (task.serviceId !== '') items.push({ delete: task.id });
      continue;
    }
    if (!isRelated(service)) continue;
    if (fix(task)) items.push({ shutDown: task.id });
    if (task.desiredState === TaskState.READY && task.status.state <= TaskState.COMPLETE) {
      items.push({ start: task.id, after: remainingDelay(ctx, task) });
    }
  }
  ctx.batch({ do: 'init' }, items);
}

/** What is left of the restart delay, counted from the last change of the new task: the whole delay gets longer. */
function remainingDelay(ctx: Context, task: Task): Micros {
  const delay = restartDelay(task);
  return delay === 0 ? 0 : Math.min(delay, taskTimestamp(task) + delay - ctx.now);
}

export function writeInit(ctx: Context, state: WithRestarts, tx: Transaction, _step: Step, item: InitItem): void {
  if ('delete' in item) return tx.tasks.delete(item.delete);
  if ('shutDown' in item) {
    const task = tx.tasks.get(item.shutDown);
    if (task && task.desiredState < TaskState.SHUTDOWN) tx.tasks.put({ ...task, desiredState: TaskState.SHUTDOWN });
    return;
  }
  if (item.after <= 0) return startNow(tx, item.start);
  if (tx.tasks.get(item.start)?.desiredState !== TaskState.READY) return;
  delayStart(ctx, ctx.self, state.restarts, {
    taskId: item.start,
    oldTask: undefined,
    delay: item.after,
    waitStop: true,
  });
}

/** Of each slot's tasks of the highest spec version, all but the oldest count as restarts. */
export function rebuildHistory(
  ctx: Context,
  restarts: RestartState,
  isRelated: (service: Service | undefined) => boolean,
): void {
  const slots = new Map<string, Task[]>();
  for (const task of ctx.store.tasks.all()) {
    const service = ctx.store.services.get(task.serviceId);
    if (!isRelated(service)) continue;
    const onNode = isGlobalService(service) || isGlobalJob(service);
    const key = onNode
      ? slotKey({ serviceId: task.serviceId, slot: 0, nodeId: task.nodeId })
      : slotKey({ serviceId: task.serviceId, slot: task.slot, nodeId: '' });
    slots.set(key, [...(slots.get(key) ?? []), task]);
  }
  for (const [key, tasks] of slots) {
    const newest = Math.max(...tasks.map((task) => task.specVersion ?? 0));
    const current = tasks.filter((task) => task.specVersion === newest).sort((a, b) => a.createdAt - b.createdAt);
    for (const task of current.slice(1)) recordRestart(restarts.history, key, task, task.createdAt);
  }
}
