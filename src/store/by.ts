import type { NodeRole, TaskState } from '../api/index.ts';

/** What can be asked for by its exact value; which table knows which is in the schema. */
export type Field = 'name' | 'service' | 'slot' | 'node' | 'desired-state' | 'task-state' | 'role';

/**
 * What to look for in a table: plain data, made by the functions below (swarmkit manager/state/store/by.go). Some
 * are looked up in an index, others pass over the whole table; each says which.
 */
export type By =
  | { readonly field: Field; readonly value: string }
  | { readonly prefixOf: 'id' | 'name'; readonly prefix: string };

/** Tasks of a service, by index. */
export function byServiceId(serviceId: string): By {
  return { field: 'service', value: serviceId };
}

/** Tasks of one slot of a service, dead ones included, by index. */
export function bySlot(serviceId: string, slot: number): By {
  return { field: 'slot', value: slotValue(serviceId, slot) };
}

/** Tasks of a node, by index; `''` finds the tasks that have none yet. */
export function byNodeId(nodeId: string): By {
  return { field: 'node', value: nodeId };
}

/** Tasks of a desired state. Passes over the whole table. */
export function byDesiredState(state: TaskState): By {
  return { field: 'desired-state', value: String(state) };
}

/** Tasks of an observed state. Passes over the whole table. */
export function byTaskState(state: TaskState): By {
  return { field: 'task-state', value: String(state) };
}

/**
 * Objects of a name, compared without regard to case, by index; tasks by passing over the table. A node's name is its
 * host name, a task's is made of its service's name, its slot and its id.
 */
export function byName(name: string): By {
  return { field: 'name', value: comparableName(name) };
}

/** Nodes whose role in effect this is. Passes over the whole table. */
export function byRole(role: NodeRole): By {
  return { field: 'role', value: role };
}

/** Objects whose name begins so, compared without regard to case. Passes over the whole table. */
export function byNamePrefix(prefix: string): By {
  return { prefixOf: 'name', prefix: comparableName(prefix) };
}

/** Objects whose id begins so. Passes over the whole table. */
export function byIdPrefix(prefix: string): By {
  return { prefixOf: 'id', prefix };
}

/** The form in which names are compared. */
export function comparableName(name: string): string {
  return name.toLowerCase();
}

/** A slot as one text. Ids hold no spaces, so two slots never share one. */
export function slotValue(serviceId: string, slot: number): string {
  return `${serviceId} ${slot}`;
}
