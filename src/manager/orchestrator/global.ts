/**
 * The orchestrator of global services (swarmkit manager/orchestrator/global/global.go): one task on every node that
 * is neither down nor drained and that satisfies the constraints. It handles each change by itself.
 */
import { type Cluster, type Node, type Service, type Task, TaskState } from '../../api/index.ts';
import { byNodeId, byServiceId, type Change, type Transaction } from '../../store/index.ts';
import { rank } from '../rank.ts';
import type { Context, Reactor, Step } from '../reactor.ts';
import { satisfiesConstraints } from './placement.ts';
import { newRestartState, type WithRestarts } from './restart/state.ts';
import { restartTask, updatableTasksInSlot } from './restart/supervisor.ts';
import { currentCluster, isGlobalService, REMOVE_TASKS, removeTasksOf, writeRemoval } from './service.ts';
import { isInvalidNode, isTaskDirty, newTask, type Slot } from './task.ts';
import { fixTasks, rebuildHistory, writeInit } from './task-init.ts';
import { startUpdater, type WithUpdates } from './update/supervisor.ts';

interface GlobalState extends WithRestarts, WithUpdates {
  cluster: Cluster | undefined;
  /** Usable nodes: neither down nor drained. A paused or unknown one stays in. */
  readonly nodes: Map<string, Node>;
  readonly services: Map<string, Service>;
  /** Tasks to restart once the present change is handled. */
  readonly restart: Set<string>;
}

interface ServiceStep extends Step {
  readonly service: Service;
}

interface UpdateStep extends ServiceStep {
  readonly slots: readonly Slot[];
}

interface NodeStep extends Step {
  readonly node: Node;
}

/** One sub-change of a reconciliation. */
type GlobalItem =
  | { readonly shutDown: string }
  | { readonly delete: string }
  | { readonly addFor: Service; readonly nodeId: string };

export const globalOrchestrator: Reactor<GlobalState> = {
  name: 'global',
  rank: rank.orchestrator,
  wants: (_state, change) => concerns(change),

  start(ctx) {
    const state: GlobalState = {
      cluster: currentCluster(ctx.store),
      nodes: new Map(),
      services: new Map(),
      restart: new Set(),
      restarts: newRestartState(),
      updates: new Map(),
    };
    for (const node of ctx.store.nodes.all()) noteNode(state, node);
    for (const service of ctx.store.services.all())
      if (isGlobalService(service)) state.services.set(service.id, service);
    fixTasks(ctx, isGlobalService, (task) => fixTask(state, task));
    ctx.next({ do: 'rebuild history' });
    ctx.next({ do: 'tick' });
    for (const service of [...state.services.values()]) ctx.next<ServiceStep>({ do: 'reconcile service', service });
    return state;
  },

  receive(ctx, state, input) {
    if (input.type !== 'change') return;
    handleChange(ctx, state, input.change);
    ctx.next({ do: 'tick' });
  },

  steps: {
    'rebuild history': (ctx, state: GlobalState) => rebuildHistory(ctx, state.restarts, isGlobalService),
    tick(ctx, state: GlobalState) {
      if (state.restart.size > 0)
        ctx.batch({ do: 'restart tasks' }, ctx.mapOrder('orchestrator/global/restarts', [...state.restart]));
      state.restart.clear();
    },
    'reconcile service': (ctx, state: GlobalState, { service }: ServiceStep) => reconcileService(ctx, state, service),
    'reconcile node': (ctx, state: GlobalState, { node }: NodeStep) => reconcileNode(ctx, state, node),
    'delete tasks on node': (ctx, state: GlobalState, { node }: NodeStep) =>
      ctx.batch(
        { do: 'reconcile' },
        tasksOn(ctx, state, node).map((task) => ({ delete: task.id })),
      ),
    'forget node'(_ctx, state: GlobalState, { node }: NodeStep) {
      state.nodes.delete(node.id);
    },
    update: (ctx, state: GlobalState, { service, slots }: UpdateStep) =>
      startUpdater(ctx, ctx.self, state.updates, state.cluster, service, slots),
  },

  writes: {
    init: writeInit,
    [REMOVE_TASKS.do]: writeRemoval,
    'restart tasks'(ctx, state: GlobalState, tx: Transaction, _step: Step, taskId: string) {
      const task = tx.tasks.get(taskId);
      if (!task || task.desiredState > TaskState.RUNNING) return;
      const service = tx.services.get(task.serviceId);
      const node = state.nodes.get(task.nodeId);
      const known = state.services.get(task.serviceId);
      if (!service || !node || !known) return;
      if (node.spec.availability === 'pause' || !satisfiesConstraints(known.spec.task, node))
        return shutDown(tx, taskId);
      restartTask(ctx, tx, ctx.self, state.restarts, state.cluster, service, task);
    },
    reconcile(ctx, state: GlobalState, tx: Transaction, _step: Step, item: GlobalItem) {
      if ('shutDown' in item) shutDown(tx, item.shutDown);
      else if ('delete' in item) tx.tasks.delete(item.delete);
      else if (tx.services.get(item.addFor.id))
        tx.tasks.create(newTask(ctx, state.cluster, item.addFor, 0, item.nodeId));
    },
  },
};

/** Whether tasks may have to be restarted for this change, or services reconciled. */
function concerns(change: Change): boolean {
  switch (change.table) {
    case 'services':
      return isGlobalService(change.kind === 'delete' ? change.before : change.after);
    case 'tasks':
      return change.kind === 'update' && hasEnded(change.after);
    default:
      return change.table === 'clusters' || change.table === 'nodes';
  }
}

function handleChange(ctx: Context, state: GlobalState, change: Change): void {
  switch (change.table) {
    case 'clusters':
      if (change.kind === 'update') state.cluster = change.after;
      return;
    case 'services':
      return handleService(ctx, state, change);
    case 'nodes':
      if (change.kind === 'delete') {
        ctx.next<NodeStep>({ do: 'delete tasks on node', node: change.before });
        ctx.next<NodeStep>({ do: 'forget node', node: change.before });
      } else {
        noteNode(state, change.after);
        ctx.next<NodeStep>({ do: 'reconcile node', node: change.after });
      }
      return;
    case 'tasks':
      if (change.kind === 'update') noteEndedTask(state, change.after);
  }
}

function handleService(ctx: Context, state: GlobalState, change: Extract<Change, { table: 'services' }>): void {
  if (change.kind === 'delete') {
    removeTasksOf(ctx, change.before);
    state.services.delete(change.id);
    state.restarts.history.delete(change.id);
  } else {
    state.services.set(change.id, change.after);
    ctx.next<ServiceStep>({ do: 'reconcile service', service: change.after });
  }
}

function noteNode(state: GlobalState, node: Node): void {
  if (isInvalidNode(node)) state.nodes.delete(node.id);
  else state.nodes.set(node.id, node);
}

function noteEndedTask(state: GlobalState, task: Task): void {
  if (state.services.has(task.serviceId) && hasEnded(task)) state.restart.add(task.id);
}

/** It is wanted, and runs no more. */
function hasEnded({ status, desiredState }: Task): boolean {
  return desiredState <= TaskState.RUNNING && status.state > TaskState.RUNNING;
}

/** At the start: a task on an unusable node is shut down, one that has ended is restarted. */
function fixTask(state: GlobalState, task: Task): boolean {
  if (task.desiredState > TaskState.RUNNING) return false;
  if (task.nodeId === '' || !state.nodes.has(task.nodeId)) return true;
  noteEndedTask(state, task);
  return false;
}

function tasksOn(ctx: Context, state: GlobalState, node: Node): readonly Task[] {
  return ctx.store.tasks.find(byNodeId(node.id)).filter((task) => state.services.has(task.serviceId));
}

function shutDown(tx: Transaction, taskId: string): void {
  const task = tx.tasks.get(taskId);
  if (task && task.desiredState < TaskState.SHUTDOWN) tx.tasks.put({ ...task, desiredState: TaskState.SHUTDOWN });
}

function shutDowns(tasks: Slot): GlobalItem[] {
  return tasks.map((task) => ({ shutDown: task.id }));
}

/** Looks at every usable node for one service; the slots to be updated go to the updater in one run. */
function reconcileService(ctx: Context, state: GlobalState, service: Service): void {
  const current = state.services.get(service.id);
  if (!current) return;
  const onNode = updatableByNode(ctx, state, current);
  const items: GlobalItem[] = [];
  const slots: Slot[] = [];
  for (const [nodeId, node] of ctx.mapOrder('orchestrator/global/nodes', [...state.nodes])) {
    const tasks = onNode.get(nodeId) ?? [];
    onNode.delete(nodeId);
    if (!satisfiesConstraints(current.spec.task, node)) items.push(...shutDowns(tasks));
    else if (node.spec.availability === 'pause') continue;
    else if (tasks.length === 0) items.push({ addFor: current, nodeId });
    else slots.push(tasks);
  }
  // What is left is on nodes that are not usable.
  for (const tasks of onNode.values()) items.push(...shutDowns(tasks));
  ctx.batch({ do: 'reconcile' }, items);
  if (slots.length > 0) ctx.next<UpdateStep>({ do: 'update', service: current, slots });
}

function updatableByNode(ctx: Context, state: GlobalState, service: Service): Map<string, Slot> {
  const byNode = new Map<string, Task[]>();
  for (const task of ctx.store.tasks.find(byServiceId(service.id))) {
    byNode.set(task.nodeId, [...(byNode.get(task.nodeId) ?? []), task]);
  }
  const updatable = new Map<string, Slot>();
  for (const [nodeId, tasks] of byNode) {
    const slot = updatableTasksInSlot(state.restarts, tasks, service);
    if (slot.length > 0) updatable.set(nodeId, slot);
  }
  return updatable;
}

/**
 * Looks at every global service for one node that was added or changed. What is outdated there is replaced at once,
 * outside any rolling update.
 */
function reconcileNode(ctx: Context, state: GlobalState, node: Node): void {
  if (isInvalidNode(node)) return ctx.batch({ do: 'reconcile' }, shutDowns(tasksOn(ctx, state, node)));
  if (node.spec.availability === 'pause' || !state.nodes.has(node.id)) return;

  const services = ctx.mapOrder('orchestrator/global/services', [...state.services.values()]);
  const slots = updatableByService(ctx, state, node, services);
  const items: GlobalItem[] = [];
  for (const service of services) {
    if (!satisfiesConstraints(service.spec.task, node)) continue;
    const tasks = slots.get(service.id) ?? [];
    const dirty = tasks.filter((task) => isTaskDirty(service, task, node));
    const clean = tasks.filter((task) => !dirty.includes(task));
    if (clean.length === 0) items.push({ addFor: service, nodeId: node.id });
    items.push(...shutDowns([...dirty, ...clean.slice(1)]));
  }
  ctx.batch({ do: 'reconcile' }, items);
}

/** swarmkit filters the slots found so far again with every further service, by that service's own mode and status. */
function updatableByService(
  ctx: Context,
  state: GlobalState,
  node: Node,
  services: readonly Service[],
): Map<string, Slot> {
  const tasksOnNode = ctx.store.tasks.find(byNodeId(node.id));
  const slots = new Map<string, Slot>();
  for (const service of services) {
    const own = tasksOnNode.filter((task) => task.serviceId === service.id);
    if (own.length > 0) slots.set(service.id, own);
    for (const [serviceId, slot] of [...slots]) {
      const updatable = updatableTasksInSlot(state.restarts, slot, service);
      if (updatable.length > 0) slots.set(serviceId, updatable);
      else slots.delete(serviceId);
    }
  }
  return slots;
}
