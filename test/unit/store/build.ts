import { type Network, type Node, type Service, type Task, TaskState } from '../../../src/api/index.ts';
import type { NewEntity } from '../../../src/store/index.ts';

/** A task of slot 1 of service `web`, running nowhere yet; `changes` says what is different. */
export function newTask(id: string, changes: Partial<Task> = {}): NewEntity<Task> {
  return {
    id,
    serviceId: 'web',
    slot: 1,
    nodeId: '',
    spec: { container: { image: 'web:v1' }, forceUpdate: 0 },
    serviceName: 'web',
    serviceLabels: {},
    status: { state: TaskState.NEW, message: 'created', timestamp: 0 },
    desiredState: TaskState.RUNNING,
    ...changes,
  };
}

export function newService(id: string, name: string): NewEntity<Service> {
  const task = { container: { image: 'web:v1' }, forceUpdate: 0 };
  return { id, spec: { name, labels: {}, task, mode: { kind: 'replicated', replicas: 1 } } };
}

export function newNetwork(id: string, name: string): NewEntity<Network> {
  return { id, spec: { name, labels: {} } };
}

export function newNode(id: string, hostname?: string): NewEntity<Node> {
  return {
    id,
    spec: { labels: {}, role: 'worker', availability: 'active' },
    ...(hostname === undefined ? {} : { description: { hostname } }),
    status: { state: 'ready', message: '', addr: '10.0.0.1' },
    role: 'worker',
  };
}
