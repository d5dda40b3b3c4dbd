/**
 * The orchestrator of jobs (swarmkit manager/orchestrator/jobs). It looks at a job when its service changes or one of
 * its wanted tasks ends, and never because of a node: draining or losing one moves no job task.
 */
import { type Service, type Task, TaskState } from '../../../api/index.ts';
import type { Change, Transaction } from '../../../store/index.ts';
import { rank } from '../../rank.ts';
import type { Context, Reactor, Step } from '../../reactor.ts';
import { newRestartState, type WithRestarts } from '../restart/state.ts';
import { restartTask } from '../restart/supervisor.ts';
import {
  currentCluster,
  isGlobalJob,
  isJob,
  isReplicatedJob,
  REMOVE_TASKS,
  removeTasksOf,
  writeRemoval,
} from '../service.ts';
import { isInvalidNode, newTask } from '../task.ts';
import { fixTasks, rebuildHistory, writeInit } from '../task-init.ts';
import { reconcileGlobalJob } from './global.ts';
import { type JobItem, jobIterationOf } from './job.ts';
import { reconcileReplicatedJob } from './replicated.ts';

type JobsState = WithRestarts;

interface ReconcileStep extends Step {
  readonly serviceId: string;
}

interface WriteStep extends Step {
  readonly service: Service;
}

export const jobsOrchestrator: Reactor<JobsState> = {
  name: 'jobs',
  rank: rank.orchestrator,
  // The one orchestrator that a leader does not stop when it steps down: what it writes then fails, and a manager that
  // leads again has two of them (swarmkit manager/manager.go, becomeFollower).
  outlivesLeadership: true,
  wants: (_state, change) => change.table === 'services' || (change.table === 'tasks' && hasEnded(change)),

  start(ctx) {
    const state: JobsState = { restarts: newRestartState() };
    const services = ctx.store.services.all();
    fixTasks(ctx, isReplicatedJob, () => false);
    fixTasks(
      ctx,
      isGlobalJob,
      (task) => task.desiredState <= TaskState.COMPLETE && isInvalidNode(ctx.store.nodes.get(task.nodeId)),
    );
    ctx.next({ do: 'rebuild history' });
    for (const service of services)
      if (isJob(service)) ctx.next<ReconcileStep>({ do: 'reconcile', serviceId: service.id });
    return state;
  },

  receive(ctx, state, input) {
    if (input.type === 'change') handleChange(ctx, state, input.change);
  },

  steps: {
    'rebuild history': (ctx, state: JobsState) => rebuildHistory(ctx, state.restarts, isJob),
    reconcile(ctx, _state: JobsState, { serviceId }: ReconcileStep) {
      const service = ctx.store.services.get(serviceId);
      const items = isReplicatedJob(service)
        ? reconcileReplicatedJob(ctx, service)
        : isGlobalJob(service)
          ? reconcileGlobalJob(ctx, service)
          : undefined;
      if (service && items) ctx.batch<WriteStep>({ do: 'reconcile', service }, items);
    },
  },

  writes: {
    init: writeInit,
    [REMOVE_TASKS.do]: writeRemoval,
    reconcile(ctx, state: JobsState, tx: Transaction, { service }: WriteStep, item: JobItem) {
      if ('create' in item) return void tx.tasks.create(jobTask(ctx, tx, service, item));
      const task = tx.tasks.get(item.task);
      if (!task) return;
      if (item.to === 'restart') restartJobTask(ctx, state, tx, service, task);
      else if (item.to === 'remove' && task.desiredState !== TaskState.REMOVE)
        tx.tasks.put({ ...task, desiredState: TaskState.REMOVE });
      else if (
        item.to === 'shut down' &&
        (task.desiredState > TaskState.COMPLETE || task.status.state <= TaskState.RUNNING)
      ) {
        tx.tasks.put({ ...task, desiredState: TaskState.SHUTDOWN });
      }
    },
  },
};

function handleChange(ctx: Context, state: JobsState, change: Change): void {
  if (change.table === 'services') {
    if (change.kind !== 'delete') {
      if (isJob(change.after)) ctx.next<ReconcileStep>({ do: 'reconcile', serviceId: change.id });
    } else if (isJob(change.before)) {
      removeTasksOf(ctx, change.before);
      state.restarts.history.delete(change.id);
    }
    return;
  }
  if (change.table !== 'tasks' || change.kind !== 'update') return;
  const { serviceId } = change.after;
  if (isJob(ctx.store.services.get(serviceId))) ctx.next<ReconcileStep>({ do: 'reconcile', serviceId });
}

/** A task that is wanted has ended. */
function hasEnded(change: Extract<Change, { table: 'tasks' }>): boolean {
  if (change.kind !== 'update') return false;
  const { status, desiredState } = change.after;
  return status.state > TaskState.RUNNING && desiredState <= TaskState.COMPLETE;
}

function jobTask(
  ctx: Context,
  tx: Transaction,
  service: Service,
  { create, nodeId }: Extract<JobItem, { create: number }>,
) {
  const task = newTask(ctx, currentCluster(tx), service, create, nodeId);
  return { ...task, desiredState: TaskState.COMPLETE, jobIteration: jobIterationOf(service) };
}

function restartJobTask(ctx: Context, state: JobsState, tx: Transaction, service: Service, task: Task): void {
  if (task.desiredState > TaskState.COMPLETE) return;
  restartTask(ctx, tx, ctx.self, state.restarts, currentCluster(tx), service, task);
}
