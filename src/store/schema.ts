import type { Cluster, DataObject, Meta, Network, Node, Service, Task, Volume } from '../api/index.ts';
import { type IndexName, nameKey, slotKey } from './by.ts';

/** What each table holds. */
export interface Entities {
  services: Service;
  tasks: Task;
  nodes: Node;
  clusters: Cluster;
  networks: Network;
  secrets: DataObject;
  configs: DataObject;
  volumes: Volume;
}

export type TableName = keyof Entities;

/** How one index finds its entities. */
export interface IndexDefinition<E> {
  readonly name: IndexName;
  /** `undefined` leaves the entity out of the index. */
  readonly key: (entity: E) => string | undefined;
  /** Whether the key may differ. It is asked on every write, so it compares fields and builds no key. */
  readonly changed: (before: E, after: E) => boolean;
}

export interface TableDefinition<E> {
  readonly indexes: readonly IndexDefinition<E>[];
  /** The name that is matched, if the entity has one. */
  readonly nameOf: (entity: E) => string | undefined;
  /** Whether a second entity of the same name is refused. */
  readonly uniqueNames: boolean;
}

/** The tables and their indexes (swarmkit manager/state/store: services.go, tasks.go, nodes.go and so on). */
export const SCHEMA: { readonly [T in TableName]: TableDefinition<Entities[T]> } = {
  services: named((service) => service.spec.name),
  tasks: {
    indexes: [
      index('service', (task) => task.serviceId),
      {
        name: 'slot',
        key: (task) => slotKey(task.serviceId, task.slot),
        changed: (before, after) => before.slot !== after.slot || before.serviceId !== after.serviceId,
      },
      index('node', (task) => task.nodeId),
      index('desired-state', (task) => task.desiredState),
      index('task-state', (task) => task.status.state),
    ],
    nameOf: taskName,
    uniqueNames: false,
  },
  nodes: { ...named((node) => node.description?.hostname), uniqueNames: false },
  clusters: named((cluster) => cluster.spec.name),
  networks: named((network) => network.spec.name),
  secrets: named((secret) => secret.spec.name),
  configs: named((config) => config.spec.name),
  volumes: named((volume) => volume.name),
};

/** The tables' names in a fixed order. */
export const TABLE_NAMES = Object.keys(SCHEMA) as readonly TableName[];

function named<E extends Meta>(nameOf: (entity: E) => string | undefined): TableDefinition<E> {
  const key = (entity: E) => {
    const name = nameOf(entity);
    return name === undefined ? undefined : nameKey(name);
  };
  const changed = (before: E, after: E) => nameOf(before) !== nameOf(after);
  return { indexes: [{ name: 'name', key, changed }], nameOf, uniqueNames: true };
}

function index<E>(name: IndexName, field: (entity: E) => string | number): IndexDefinition<E> {
  return {
    name,
    key: (entity) => String(field(entity)),
    changed: (before, after) => field(before) !== field(after),
  };
}

/** A task's name as users see it: `web.2.<id>`, or `agent.<node id>.<id>` where the slot is 0 (api/naming/naming.go). */
function taskName(task: Task): string {
  return `${task.serviceName}.${task.slot === 0 ? task.nodeId : task.slot}.${task.id}`;
}
