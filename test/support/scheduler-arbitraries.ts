/** Random clusters and histories, small enough that nodes fill up, tie and fail. */
import fc from 'fast-check';
import { TaskState } from '../../src/api/index.ts';
import type { Transaction } from '../../src/store/index.ts';
import { type NodeDescription, nodeFrom, type ServiceDescription, serviceFrom, taskFrom } from './scheduler-objects.ts';
import type { SchedulerWorld } from './scheduler-world.ts';

const RACKS = ['a', 'b', 'c'];

/** In a half or a quarter of cases: what asks for too much at once finds no node at all. */
function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return maybe(maybe(arbitrary));
}

/** Drops absent fields, which fast-check gives as undefined. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

const amounts = { nanoCPUs: fc.integer({ min: 0, max: 4 }), memoryBytes: fc.integer({ min: 0, max: 8 }) };

const offered = fc.record({ ...amounts, generic: fc.constantFrom([], [{ kind: 'gpu', value: 2 }]) });

const reserved = fc.record({ ...amounts, generic: fc.constantFrom([], [], [{ kind: 'gpu', value: 1 }]) });

/** A node that reports no engine has every plugin, and one that reports no platform suits every task. */
const engines = fc.constantFrom(
  { plugins: [{ type: 'Log', name: 'json-file' }] },
  {
    plugins: [
      { type: 'Log', name: 'fluentd:latest' },
      { type: 'Volume', name: 'nfs' },
    ],
  },
);

const platforms = fc.constantFrom({ os: 'linux', arch: 'x86_64' }, { os: 'linux', arch: 'aarch64' });

export function nodeDescriptions(id: string): fc.Arbitrary<NodeDescription> {
  return fc
    .record({
      id: fc.constant(id),
      availability: fc.constantFrom('active', 'active', 'active', 'active', 'drain', 'pause'),
      status: fc.constantFrom('ready', 'ready', 'ready', 'ready', 'down', 'unknown'),
      labels: fc.constantFrom<Record<string, string>[]>({}, ...RACKS.map((rack) => ({ rack }))),
      resources: offered,
      engine: maybe(engines),
      platform: maybe(platforms),
    })
    .map((node) => compact(node) as NodeDescription);
}

export function serviceDescriptions(id: string): fc.Arbitrary<ServiceDescription> {
  const description = fc.record({
    id: fc.constant(id),
    constraints: maybe(fc.constantFrom(['node.labels.rack != a'], ['node.labels.rack == b'])),
    preferences: maybe(fc.constant(['node.labels.rack'])),
    maxReplicasPerNode: maybe(fc.integer({ min: 1, max: 3 })),
    reservations: maybe(reserved),
    logDriver: rarely(fc.constant('fluentd')),
    volumeDrivers: rarely(fc.constant(['nfs'])),
    platforms: rarely(fc.constant([{ os: 'linux', arch: 'amd64' }])),
    ports: maybe(fc.constantFrom([{ published: 80, target: 80, mode: 'host' }], [{ published: 80, target: 80 }])),
  });
  return description.map((service) => compact(service) as ServiceDescription);
}

export interface ClusterDescription {
  readonly nodes: readonly NodeDescription[];
  readonly services: readonly ServiceDescription[];
}

export const clusters: fc.Arbitrary<ClusterDescription> = fc
  .record({ nodes: fc.integer({ min: 0, max: 7 }), services: fc.integer({ min: 1, max: 4 }) })
  .chain(({ nodes, services }) => {
    return fc.record({
      nodes: fc.tuple(...ids('node', nodes).map(nodeDescriptions)),
      services: fc.tuple(...ids('service', services).map(serviceDescriptions)),
    });
  });

function ids(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index}`);
}

/** Something that happens to a cluster. Numbers choose among what is there, whatever their size. */
export type Event =
  | { readonly op: 'schedule'; readonly service: number; readonly count: number; readonly versioned: boolean }
  | { readonly op: 'preassign'; readonly service: number; readonly node: number }
  | { readonly op: 'report'; readonly task: number; readonly state: TaskState }
  | { readonly op: 'stop' | 'delete'; readonly task: number }
  | { readonly op: 'node'; readonly node: number; readonly fields: NodeDescription }
  | { readonly op: 'wait'; readonly ms: number };

const index = fc.nat({ max: 50 });

export const events: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('schedule'),
      service: index,
      count: fc.integer({ min: 1, max: 6 }),
      versioned: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('preassign'), service: index, node: index }) },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('report'),
      task: index,
      state: fc.constantFrom(TaskState.RUNNING, TaskState.FAILED, TaskState.SHUTDOWN, TaskState.REJECTED),
    }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constantFrom('stop', 'delete'), task: index }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('node'), node: index, fields: nodeDescriptions('') }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('wait'), ms: fc.constantFrom(1, 49, 50, 200, 400_000) }) },
) as fc.Arbitrary<Event>;

export function createCluster(tx: Transaction, { nodes, services }: ClusterDescription): void {
  for (const node of nodes) tx.nodes.create(nodeFrom(node));
  for (const service of services) tx.services.create(serviceFrom(service, 1));
}

/** Lets an event happen, if there is something for it to happen to. */
export function perform(world: Pick<SchedulerWorld, 'pass' | 'write'>, event: Event): void {
  if (event.op === 'wait') world.pass(event.ms);
  else world.write((tx) => write(tx, event));
}

function write(tx: Transaction, event: Exclude<Event, { op: 'wait' }>): void {
  switch (event.op) {
    case 'schedule': {
      const { specVersion, ...service } = pick(tx.services.all(), event.service)!;
      const version = event.versioned && specVersion !== undefined ? { specVersion } : {};
      for (let count = 0; count < event.count; count += 1) {
        tx.tasks.create(taskFrom({ ...service, ...version }, { id: newId(tx) }));
      }
      return;
    }
    case 'preassign': {
      const node = pick(tx.nodes.all(), event.node);
      if (node) {
        tx.tasks.create(taskFrom(pick(tx.services.all(), event.service)!, { id: newId(tx), nodeId: node.id }));
      }
      return;
    }
    case 'report': {
      const onNodes = tx.tasks.all().filter(({ status }) => isOnNode(status.state));
      const task = pick(onNodes, event.task);
      if (task) tx.tasks.put({ ...task, status: { ...task.status, state: event.state } });
      return;
    }
    case 'stop': {
      const task = pick(tx.tasks.all(), event.task);
      if (task) tx.tasks.put({ ...task, desiredState: TaskState.SHUTDOWN });
      return;
    }
    case 'delete': {
      const task = pick(tx.tasks.all(), event.task);
      if (task) tx.tasks.delete(task.id);
      return;
    }
    case 'node': {
      const node = pick(tx.nodes.all(), event.node);
      if (node) tx.nodes.put({ ...node, ...nodeFrom({ ...event.fields, id: node.id }) });
    }
  }
}

function isOnNode(state: TaskState): boolean {
  return state >= TaskState.ASSIGNED && state <= TaskState.RUNNING;
}

function pick<T>(items: readonly T[], number: number): T | undefined {
  return items[number % Math.max(1, items.length)];
}

/** Never used again: the version grows with every commit. */
function newId(tx: Transaction): string {
  return `task-${tx.version}-${tx.tasks.size}`;
}
