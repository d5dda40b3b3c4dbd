import type { Task } from '../api/index.ts';

/** A task's name as `docker service ps` shows it: service and slot, or service and node for what has no slot. */
export function nameOfTask({ serviceName, slot, nodeId }: Pick<Task, 'serviceName' | 'slot' | 'nodeId'>): string {
  return `${serviceName}.${slot === 0 && nodeId !== '' ? nodeId : slot}`;
}
