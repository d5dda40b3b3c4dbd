import { type ContainerSpec, type Task, TaskState } from '../../src/api/index.ts';

/** A task as an agent gets it, with what matters said in `changes` and `container`. */
export function agentTask(id: string, container: Partial<ContainerSpec> = {}, changes: Partial<Task> = {}): Task {
  return {
    id,
    version: 1,
    createdAt: 0,
    updatedAt: 0,
    serviceId: 'service',
    serviceName: 'web',
    serviceLabels: {},
    slot: 1,
    nodeId: 'node',
    spec: { container: { image: 'web:1', ...container }, forceUpdate: 0 },
    status: { state: TaskState.ASSIGNED, message: 'scheduler assigned task to node', timestamp: 0 },
    desiredState: TaskState.RUNNING,
    ...changes,
  };
}
