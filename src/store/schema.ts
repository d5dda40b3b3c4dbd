import type { Cluster, DataObject, Meta, Network, Node, Service, Task, Volume } from '../api/index.ts';
import { comparableName, type Field, slotValue } from './by.ts';

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

/** Something that entities can be found by. */
export interface FieldDefinition<E> {
  readonly field: Field;
  /** The entity's value; `undefined` is never found. */
  readonly value: (entity: E) => string | undefined;
}

export interface IndexDefinition<E> extends FieldDefinition<E> {
  /** Whether the value may differ. It is asked on every write, so it compares what the value is made of. */
  readonly changed: (before: E, after: E) => boolean;
}

export interface TableDefinition<E> {
  /** Kept up on every write. */
  readonly indexes: readonly IndexDefinition<E>[];
  /** Found by passing over the table. */
  readonly scans: readonly FieldDefinition<E>[];
  /** The name that is matched, if the entity has one. */
  readonly nameOf: (entity: E) => string | undefined;
  /** Whether a second entity of the same name is refused. */
  readonly uniqueNames: boolean;
}

/**
 * The tables and what they know (swarmkit manager/state/store: services.go, tasks.go, nodes.go and so on).
 *
 * swarmkit has indexes of the states too. They would double the cost of every status report, the most frequent write
 * of all, and it asks them only when a reaper starts and when a user lists tasks: not worth it here.
 */
export const SCHEMA: { readonly [T in TableName]: TableDefinition<Entities[T]> } = {
  services: named((service) => service.spec.name),
  tasks: {
    indexes: [
      index('service', (task) => task.serviceId),
      {
        field: 'slot',
        value: (task) => slotValue(task.serviceId, task.slot),
        changed: (before, after) => before.slot !== after.slot || before.serviceId !== after.serviceId,
      },
      index('node', (task) => task.nodeId),
    ],
    scans: [
      { field: 'desired-state', value: (task) => String(task.desiredState) },
      { field: 'task-state', value: (task) => String(task.status.state) },
      { field: 'name', value: (task) => comparableName(taskName(task)) },
    ],
    nameOf: taskName,
    uniqueNames: false,
  },
  nodes: {
    ...named((node) => node.description?.hostname),
    scans: [{ field: 'role', value: (node) => node.role }],
    uniqueNames: false,
  },
  clusters: named((cluster) => cluster.spec.name),
  networks: named((network) => network.spec.name),
  secrets: named((secret) => secret.spec.name),
  configs: named((config) => config.spec.name),
  volumes: named((volume) => volume.name),
};

function named<E extends Meta>(nameOf: (entity: E) => string | undefined): TableDefinition<E> {
  const value = (entity: E) => {
    const name = nameOf(entity);
    return name === undefined ? undefined : comparableName(name);
  };
  const changed = (before: E, after: E) => nameOf(before) !== nameOf(after);
  return { indexes: [{ field: 'name', value, changed }], scans: [], nameOf, uniqueNames: true };
}

function index<E>(field: Field, value: (entity: E) => string): IndexDefinition<E> {
  return { field, value, changed: (before, after) => value(before) !== value(after) };
}

/** A task's name as users see it: `web.2.<id>`, or `agent.<node id>.<id>` where the slot is 0 (api/naming/naming.go). */
function taskName(task: Task): string {
  return `${task.serviceName}.${task.slot === 0 ? task.nodeId : task.slot}.${task.id}`;
}
