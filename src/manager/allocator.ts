/**
 * The allocator (swarmkit manager/allocator): gives services their published ports and moves new tasks from NEW to
 * PENDING. Addresses are not simulated, so nothing here ever runs out but ports.
 */
import { type Endpoint, type PortConfig, type Service, type Task, TaskState } from '../api/index.ts';
import { deepEqual } from '../base/index.ts';
import type { Change, ReadView, Transaction } from '../store/index.ts';
import { rank } from './rank.ts';
import type { Context, Reactor, Step } from './reactor.ts';

/** Where the engine looks for published ports that nobody chose. */
const DYNAMIC_PORTS = { first: 30_000, last: 32_767 } as const;

interface AllocatorState {
  /** New tasks that wait for the next commit. */
  readonly pending: Set<string>;
}

interface ServiceStep extends Step {
  readonly serviceId: string;
}

export const allocator: Reactor<AllocatorState> = {
  name: 'allocator',
  rank: rank.allocator,
  wants: (_state, change) =>
    change.table === 'services' || (change.table === 'tasks' && change.kind !== 'delete' && isNew(change)),
  wantsCommits: true,

  start(ctx) {
    const state: AllocatorState = { pending: new Set() };
    for (const service of ctx.store.services.all())
      ctx.next<ServiceStep>({ do: 'allocate service', serviceId: service.id });
    for (const task of ctx.store.tasks.all()) if (task.status.state < TaskState.PENDING) state.pending.add(task.id);
    ctx.next({ do: 'allocate tasks' });
    return state;
  },

  receive(ctx, state, input) {
    if (input.type === 'change') return handleChange(ctx, state, input.change);
    if (input.type === 'commit' && state.pending.size > 0) ctx.next({ do: 'allocate tasks' });
  },

  steps: {
    'allocate service'(ctx, _state: AllocatorState, { serviceId }: ServiceStep) {
      const service = ctx.store.services.get(serviceId);
      if (service && !isAllocated(service)) ctx.write<ServiceStep>({ do: 'allocate service', serviceId });
    },
    'allocate tasks'(ctx, state: AllocatorState) {
      const ready = [...state.pending].filter((id) => isReady(ctx, id));
      for (const id of ready) state.pending.delete(id);
      if (ready.length > 0) ctx.batch({ do: 'allocate tasks' }, ready);
    },
  },

  writes: {
    'allocate service'(_ctx, _state: AllocatorState, tx: Transaction, { serviceId }: ServiceStep) {
      const service = tx.services.get(serviceId);
      if (!service) return;
      const endpoint = endpointOf(tx, service);
      const { endpoint: _before, ...rest } = service;
      tx.services.put(endpoint ? { ...rest, endpoint } : rest);
    },
    'allocate tasks'(ctx, _state: AllocatorState, tx: Transaction, _step: Step, taskId: string) {
      const task = tx.tasks.get(taskId);
      if (!task) return;
      const service = tx.services.get(task.serviceId);
      const endpoint = service?.endpoint ?? task.endpoint;
      const networks = task.networks ?? attachmentsOf(tx, task, service);
      tx.tasks.put({
        ...task,
        ...(endpoint && { endpoint }),
        ...(networks.length > 0 && { networks }),
        status:
          task.status.state < TaskState.PENDING
            ? { state: TaskState.PENDING, message: 'pending task scheduling', timestamp: ctx.now }
            : task.status,
      });
    },
  },
};

function isNew(change: Extract<Change, { table: 'tasks' }>): boolean {
  return change.kind !== 'delete' && change.after.status.state < TaskState.PENDING;
}

function handleChange(ctx: Context, state: AllocatorState, change: Change): void {
  // What counts is the task as it is now: it may have been allocated while its change waited.
  if (change.table === 'tasks') {
    if ((ctx.store.tasks.get(change.id)?.status.state ?? TaskState.RUNNING) < TaskState.PENDING)
      state.pending.add(change.id);
  }
  if (change.table === 'services' && change.kind !== 'delete') {
    ctx.next<ServiceStep>({ do: 'allocate service', serviceId: change.id });
  }
}

/** A task waits until its service has what it asks for. One whose service is gone is never allocated. */
function isReady(ctx: Context, taskId: string): boolean {
  const task = ctx.store.tasks.get(taskId);
  const service = task && ctx.store.services.get(task.serviceId);
  return service !== undefined && isAllocated(service);
}

/** A service needs something only for its ports; an endpoint that is up to date repeats the specification. */
function isAllocated(service: Service): boolean {
  const wanted = service.spec.endpoint?.ports ?? [];
  const has = service.endpoint?.ports ?? [];
  if (wanted.length === 0 && has.length === 0) return true;
  return deepEqual(service.endpoint?.spec, service.spec.endpoint);
}

function endpointOf(view: ReadView, service: Service): Endpoint | undefined {
  const spec = service.spec.endpoint;
  if (!spec) return undefined;
  const taken = takenPorts(view, service.id);
  const kept = [...(service.endpoint?.ports ?? [])];
  const ports = spec.ports.map((port) => publish(port, taken, kept));
  return { spec, ports };
}

function takenPorts(view: ReadView, exceptServiceId: string): Set<string> {
  const taken = new Set<string>();
  for (const service of view.services.all()) {
    if (service.id === exceptServiceId) continue;
    for (const port of service.endpoint?.ports ?? []) if (port.publishMode === 'ingress') taken.add(portKey(port));
  }
  return taken;
}

/** An ingress port without a number keeps the one it was given before, or takes the lowest that is free. */
function publish(port: PortConfig, taken: Set<string>, kept: readonly PortConfig[]): PortConfig {
  if (port.publishMode !== 'ingress' || port.publishedPort !== 0) return port;
  const before = kept.find(
    (old) => old.publishMode === 'ingress' && old.protocol === port.protocol && old.targetPort === port.targetPort,
  );
  if (before && !taken.has(portKey(before))) return before;
  for (let number = DYNAMIC_PORTS.first; number <= DYNAMIC_PORTS.last; number += 1) {
    const candidate = { ...port, publishedPort: number };
    if (taken.has(portKey(candidate))) continue;
    taken.add(portKey(candidate));
    return candidate;
  }
  return port;
}

type Attachment = NonNullable<Task['networks']>[number];

/** The networks that a task is attached to: the routing mesh where its service publishes ports there, then its own. */
function attachmentsOf(view: ReadView, task: Task, service: Service | undefined): Attachment[] {
  const mesh = needsMesh(service) ? view.networks.all().filter(({ spec }) => spec.ingress) : [];
  const own = (task.spec.networks ?? []).flatMap(({ target }) => view.networks.get(target) ?? []);
  return [...mesh, ...own].map(({ id }) => ({ networkId: id, addresses: [] }));
}

function needsMesh(service: Service | undefined): boolean {
  const endpoint = service?.spec.endpoint;
  return endpoint?.mode === 'vip' && endpoint.ports.some((port) => port.publishMode === 'ingress');
}

function portKey(port: PortConfig): string {
  return `${port.protocol}/${port.publishedPort}`;
}
