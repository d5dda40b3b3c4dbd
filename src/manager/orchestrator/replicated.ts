/**
 * The orchestrator of replicated services (swarmkit manager/orchestrator/replicated). It collects what changed,
 * and on each commit first restarts tasks and then reconciles services with the number of their slots.
 */
import { type Cluster, type Service, type Task, TaskState } from '../../api/index.ts';
import { byNodeId, byServiceId, type Change, type Transaction } from '../../store/index.ts';
import { rank } from '../rank.ts';
import type { Context, Reactor, Step } from '../reactor.ts';
import { cancelDelay } from './restart/delayed-start.ts';
import { newRestartState, type WithRestarts } from './restart/state.ts';
import { restartTask, updatableTasksInSlot } from './restart/supervisor.ts';
import { keptOnScaleDown } from './scale-down.ts';
import { currentCluster, isReplicatedService, REMOVE_TASKS, removeTasksOf, writeRemoval } from './service.ts';
import { isInvalidNode, newTask, type Slot } from './task.ts';
import { fixTasks, rebuildHistory, writeInit } from './task-init.ts';
import { startUpdater, type WithUpdates } from './update/supervisor.ts';

interface ReplicatedState extends WithRestarts, WithUpdates {
  cluster: Cluster | undefined;
  /** Services to reconcile at the next commit, as they were in the change that called for it. */
  readonly reconcile: Map<string, Service>;
  /** Tasks to restart at the next commit. */
  readonly restart: Set<string>;
}

interface ReconcileStep extends Step {
  readonly service: Service;
}

interface UpdateStep extends ReconcileStep {
  readonly slots: readonly Slot[];
}

/** One sub-change of a reconciliation. */
type ReconcileItem = { readonly create: number } | { readonly delete: string } | { readonly remove: Task };

export const replicatedOrchestrator: Reactor<ReplicatedState> = {
  name: 'replicated',
  rank: rank.replicatedOrchestrator,
  wants: (_state, change) => concerns(change),
  wantsCommits: true,

  start(ctx) {
    const state: ReplicatedState = {
      cluster: currentCluster(ctx.store),
      reconcile: new Map(),
      restart: new Set(),
      restarts: newRestartState(),
      updates: new Map(),
    };
    fixTasks(ctx, isReplicatedService, (task) => {
      handleTask(ctx, state, task);
      return false;
    });
    for (const service of ctx.store.services.all())
      if (isReplicatedService(service)) state.reconcile.set(service.id, service);
    ctx.next({ do: 'rebuild history' });
    ctx.next({ do: 'tick' });
    return state;
  },

  receive(ctx, state, input) {
    if (input.type === 'change') return handleChange(ctx, state, input.change);
    if (input.type === 'commit' && state.restart.size + state.reconcile.size > 0) ctx.next({ do: 'tick' });
  },

  steps: {
    'rebuild history': (ctx, state: ReplicatedState) => rebuildHistory(ctx, state.restarts, isReplicatedService),
    tick(ctx, state: ReplicatedState) {
      // Tasks first, so that a service is reconciled with what was just done for its tasks.
      if (state.restart.size > 0)
        ctx.batch({ do: 'restart tasks' }, ctx.mapOrder('orchestrator/replicated/restarts', [...state.restart]));
      state.restart.clear();
      for (const service of ctx.mapOrder('orchestrator/replicated/services', [...state.reconcile.values()])) {
        ctx.next<ReconcileStep>({ do: 'reconcile', service });
      }
      state.reconcile.clear();
    },
    reconcile: (ctx, state: ReplicatedState, { service }: ReconcileStep) => reconcile(ctx, state, service),
    update: (ctx, state: ReplicatedState, { service, slots }: UpdateStep) =>
      startUpdater(ctx, ctx.self, state.updates, state.cluster, service, slots),
  },

  writes: {
    init: writeInit,
    [REMOVE_TASKS.do]: writeRemoval,
    'restart tasks'(ctx, state: ReplicatedState, tx: Transaction, _step: Step, taskId: string) {
      const task = tx.tasks.get(taskId);
      if (!task || task.desiredState > TaskState.RUNNING) return;
      const service = tx.services.get(task.serviceId);
      if (isReplicatedService(service)) restartTask(ctx, tx, ctx.self, state.restarts, state.cluster, service, task);
    },
    reconcile(ctx, state: ReplicatedState, tx: Transaction, { service }: ReconcileStep, item: ReconcileItem) {
      if ('create' in item) tx.tasks.create(newTask(ctx, state.cluster, service, item.create, ''));
      else if ('delete' in item) tx.tasks.delete(item.delete);
      // The copy read a moment ago is written, so a task that changed meanwhile is missed, as in Swarm.
      else tx.tasks.putIfUnchanged({ ...item.remove, desiredState: TaskState.REMOVE });
    },
  },
};

/** Whether tasks may have to be restarted for this change, or services reconciled. */
function concerns(change: Change): boolean {
  switch (change.table) {
    case 'services':
      return isReplicatedService(change.kind === 'delete' ? change.before : change.after);
    case 'tasks':
      // A wanted task is looked at however it fares: its node may be lost.
      return change.kind === 'delete' || change.after.desiredState <= TaskState.RUNNING;
    case 'nodes':
      return change.kind === 'delete' || isInvalidNode(change.after);
    default:
      return change.table === 'clusters';
  }
}

function handleChange(ctx: Context, state: ReplicatedState, change: Change): void {
  switch (change.table) {
    case 'clusters':
      if (change.kind === 'update') state.cluster = change.after;
      return;
    case 'nodes':
      return restartTasksOn(ctx, state, change.id);
    case 'tasks':
      if (change.kind === 'delete') handleDeletedTask(ctx, state, change.before);
      else handleTask(ctx, state, change.after);
      return;
    case 'services':
      handleService(ctx, state, change);
  }
}

function handleService(ctx: Context, state: ReplicatedState, change: Extract<Change, { table: 'services' }>): void {
  if (change.kind !== 'delete') {
    state.reconcile.set(change.id, change.after);
    return;
  }
  removeTasksOf(ctx, change.before);
  state.restarts.history.delete(change.id);
  state.reconcile.delete(change.id);
}

function handleTask(ctx: Context, state: ReplicatedState, task: Task): void {
  if (task.desiredState > TaskState.RUNNING || !isReplicatedService(ctx.store.services.get(task.serviceId))) return;
  const isLost = task.nodeId !== '' && isInvalidNode(ctx.store.nodes.get(task.nodeId));
  if (task.status.state > TaskState.RUNNING || isLost) state.restart.add(task.id);
}

function handleDeletedTask(ctx: Context, state: ReplicatedState, task: Task): void {
  if (task.desiredState <= TaskState.RUNNING) {
    const service = ctx.store.services.get(task.serviceId);
    if (!isReplicatedService(service)) return;
    state.reconcile.set(service.id, service);
  }
  cancelDelay(ctx, state.restarts, task.id);
}

function restartTasksOn(ctx: Context, state: ReplicatedState, nodeId: string): void {
  for (const task of ctx.store.tasks.find(byNodeId(nodeId))) {
    if (task.desiredState > TaskState.RUNNING) continue;
    if (isReplicatedService(ctx.store.services.get(task.serviceId))) state.restart.add(task.id);
  }
}

/** Brings the number of runnable slots to the number of replicas, and hands the slots that stay to the updater. */
function reconcile(ctx: Context, state: ReplicatedState, service: Service): void {
  if (!isReplicatedService(service)) return;
  const { runnable, dead } = slotsOf(ctx, state, service);
  const slots = ctx.shuffle('orchestrator/replicated/slots', [...runnable.values()]);
  const wanted = service.spec.mode.replicas;
  const write: ReconcileStep = { do: 'reconcile', service };
  const update = (updated: readonly Slot[]) => ctx.next<UpdateStep>({ do: 'update', service, slots: updated });

  if (wanted > slots.length) {
    update(slots);
    const numbers = missingSlots(runnable, wanted - slots.length);
    // A dead slot whose number is taken again keeps its old tasks as history.
    for (const number of numbers) dead.delete(number);
    ctx.batch(write, [...numbers.map((number) => ({ create: number })), ...deletions(dead)]);
  } else if (wanted < slots.length) {
    const { kept, removed } = keptOnScaleDown(slots, wanted);
    update(kept);
    const removals = removed.flatMap((slot) => slot.map((task) => ({ remove: task })));
    ctx.batch(write, [...deletions(dead), ...removals]);
  } else {
    ctx.batch(write, deletions(dead));
    update(slots);
  }
}

function slotsOf(
  ctx: Context,
  state: ReplicatedState,
  service: Service,
): { runnable: Map<number, Slot>; dead: Map<number, Slot> } {
  const slots = new Map<number, Task[]>();
  for (const task of ctx.store.tasks.find(byServiceId(service.id))) {
    const slot = slots.get(task.slot);
    if (slot) slot.push(task);
    else slots.set(task.slot, [task]);
  }
  const runnable = new Map<number, Slot>();
  const dead = new Map<number, Slot>();
  for (const [number, slot] of slots) {
    const updatable = updatableTasksInSlot(state.restarts, slot, service);
    if (updatable.length > 0) runnable.set(number, updatable);
    else dead.set(number, slot);
  }
  return { runnable, dead };
}

/** The lowest slot numbers that are not runnable. */
function missingSlots(runnable: ReadonlyMap<number, Slot>, count: number): number[] {
  const numbers: number[] = [];
  for (let number = 1; numbers.length < count; number += 1) if (!runnable.has(number)) numbers.push(number);
  return numbers;
}

function deletions(slots: ReadonlyMap<number, Slot>): ReconcileItem[] {
  return [...slots.values()].flatMap((slot) => slot.map((task) => ({ delete: task.id })));
}
