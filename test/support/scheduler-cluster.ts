/** A store with nodes, services and tasks for the scheduler's unit tests, in one call. */
import { type Task, TaskState } from '../../src/api/index.ts';
import { MemoryStore } from '../../src/store/index.ts';
import {
  type NodeDescription,
  networksFrom,
  nodeFrom,
  type ServiceDescription,
  serviceFrom,
  taskFrom,
} from './scheduler-objects.ts';

/** A waiting task of the service, unless the fields say otherwise; with `nodeId` alone it runs there. */
export type TaskDescription = Pick<Task, 'id'> & Partial<Task> & { readonly service: string };

export interface ClusterContents {
  readonly nodes?: readonly NodeDescription[];
  readonly services?: readonly ServiceDescription[];
  readonly tasks?: readonly TaskDescription[];
}

export function storeWith({ nodes = [], services = [], tasks = [] }: ClusterContents): MemoryStore {
  const store = new MemoryStore({ freeze: true });
  const tx = store.begin(0);
  for (const node of nodes) tx.nodes.create(nodeFrom(node));
  for (const service of services) {
    for (const network of networksFrom(service)) tx.networks.create(network);
    tx.services.create(serviceFrom(service, 1));
  }
  for (const { service, ...fields } of tasks) {
    const running = { status: { state: TaskState.RUNNING, message: 'started', timestamp: 0 } };
    tx.tasks.create(taskFrom(tx.services.get(service)!, { ...(fields.nodeId ? running : {}), ...fields }));
  }
  store.commit(tx);
  return store;
}

/** `count` descriptions that differ in their id. */
export function several<T extends { readonly id: string }>(count: number, first: T): T[] {
  return Array.from({ length: count }, (_, index) => ({ ...first, id: `${first.id}${index + 1}` }));
}
