import type { TaskState } from '../api/index.ts';

/** The indexes that tables keep; which table has which is in the schema. */
export type IndexName = 'name' | 'service' | 'slot' | 'node' | 'desired-state' | 'task-state';

/**
 * What to look for in a table: plain data, made by the functions below (swarmkit manager/state/store/by.go).
 * A prefix is searched by passing over the table, everything else through an index.
 */
export type By =
  | { readonly index: IndexName; readonly key: string }
  | { readonly prefixOf: 'id' | 'name'; readonly prefix: string };

/** Tasks of a service. */
export function byServiceId(serviceId: string): By {
  return { index: 'service', key: serviceId };
}

/** Tasks of one slot of a service, dead ones included. */
export function bySlot(serviceId: string, slot: number): By {
  return { index: 'slot', key: slotKey(serviceId, slot) };
}

/** Tasks of a node; `''` finds the tasks that have none yet. */
export function byNodeId(nodeId: string): By {
  return { index: 'node', key: nodeId };
}

/** Tasks of a desired state. */
export function byDesiredState(state: TaskState): By {
  return { index: 'desired-state', key: String(state) };
}

/** Tasks of an observed state. */
export function byTaskState(state: TaskState): By {
  return { index: 'task-state', key: String(state) };
}

/** Objects of a name, compared without regard to case. A node's name is its host name. */
export function byName(name: string): By {
  return { index: 'name', key: nameKey(name) };
}

/** Objects whose name begins so, compared without regard to case. Passes over the whole table. */
export function byNamePrefix(prefix: string): By {
  return { prefixOf: 'name', prefix: nameKey(prefix) };
}

/** Objects whose id begins so. Passes over the whole table. */
export function byIdPrefix(prefix: string): By {
  return { prefixOf: 'id', prefix };
}

/** The form in which names are compared. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/** The key of a slot. Ids hold no spaces, so two slots never share one. */
export function slotKey(serviceId: string, slot: number): string {
  return `${serviceId} ${slot}`;
}
