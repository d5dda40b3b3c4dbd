/**
 * The restart supervisor (swarmkit manager/orchestrator/restart/restart.go): replaces ended tasks as their restart
 * policy says, and holds replacements back until their delay is over and the old task has stopped. Every
 * orchestrator has one of its own, with its own memory, inside its state.
 */
import { type Cluster, type Service, type Task, TaskState } from '../../../api/index.ts';
import { type Micros, microsOf, seconds } from '../../../base/index.ts';
import type { NewEntity, Transaction } from '../../../store/index.ts';
import { Abandoned, type Context, type ProcessId } from '../../reactor.ts';
import { isGlobalJob, isGlobalService, isJob } from '../service.ts';
import { newTask, type Slot, slotKey, taskTimestamp } from '../task.ts';
import { shouldRestart } from './conditions.ts';
import { delayStart } from './delayed-start.ts';
import { recordRestart } from './history.ts';
import type { RestartState } from './state.ts';

const DEFAULT_RESTART_DELAY: Micros = seconds(5);

/**
 * Shuts `task` down and, where its policy allows, puts a replacement into its slot. Runs inside a transaction.
 * `owner` is the orchestrator whose supervisor this is.
 */
export function restartTask(
  ctx: Context,
  tx: Transaction,
  owner: ProcessId,
  restarts: RestartState,
  cluster: Cluster | undefined,
  service: Service,
  task: Task,
): void {
  // A task that fails before its own delayed start is done waits for that start, or a missing image would be
  // retried as fast as it is found missing.
  const pending = restarts.delays.get(task.id);
  if (pending) {
    if (!pending.waiter) {
      pending.waiter = true;
      ctx.spawn('postponed-restart', { owner, taskId: task.id, delay: pending.process });
    }
    return;
  }
  if (task.desiredState > TaskState.COMPLETE) throw new Abandoned('restart of a task that was already shut down');

  const old: Task = { ...task, desiredState: TaskState.SHUTDOWN };
  tx.tasks.put(old);
  if (!shouldRestart(restarts.history, old, service)) return;

  const replacement = replacementOf(ctx, cluster, service, old);
  tx.tasks.create(replacement);
  recordRestart(restarts.history, slotKey(replacement), replacement, ctx.now);

  const node = old.nodeId === '' ? undefined : tx.nodes.get(old.nodeId);
  const isOver = node?.status.state === 'down' || old.status.state > TaskState.RUNNING;
  delayStart(ctx, owner, restarts, {
    taskId: replacement.id,
    oldTask: old,
    // A drained node's tasks move without delay.
    delay: node?.spec.availability === 'drain' ? 0 : restartDelay(old),
    waitStop: !isOver,
  });
}

function replacementOf(ctx: Context, cluster: Cluster | undefined, service: Service, old: Task): NewEntity<Task> {
  const onNode = isGlobalService(service) || isGlobalJob(service);
  const task = newTask(ctx, cluster, service, onNode ? 0 : old.slot, onNode ? old.nodeId : '');
  const held = { ...task, desiredState: TaskState.READY };
  return isJob(service) ? { ...held, jobIteration: service.jobStatus?.jobIteration ?? 0 } : held;
}

/** The old task's own delay, 5 s where its policy says nothing. */
export function restartDelay(task: Task): Micros {
  const delay = task.spec.restart?.delay;
  return delay === undefined ? DEFAULT_RESTART_DELAY : microsOf(delay);
}

/**
 * The tasks of a slot that an updater has to deal with. A slot whose last task ended for good counts as present,
 * except in a rollback, which fills it again.
 */
export function updatableTasksInSlot(restarts: RestartState, slot: Slot, service: Service): Slot {
  const wanted = slot.filter((task) => task.desiredState <= TaskState.RUNNING);
  if (wanted.length > 0) return wanted;
  if (service.updateStatus?.state === 'rollback_started') return [];
  const newest = slot.reduce<Task | undefined>(
    (best, task) => (best && taskTimestamp(best) >= taskTimestamp(task) ? best : task),
    undefined,
  );
  return newest && !shouldRestart(restarts.history, newest, service) ? [newest] : [];
}
