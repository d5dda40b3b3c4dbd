/** Moments of a release, and what is done to a swarm at them. */
import { type Task, TaskState } from '../../api/index.ts';
import { type DurationInput, LimitError } from '../../base/index.ts';
import type { NodeHandle, Swarm } from '../../swarm/index.ts';

/** Runs until a condition on what is stored holds; false where it did not within the time. */
export function reaches(swarm: Swarm, condition: (swarm: Swarm) => boolean, within: DurationInput = '10m'): boolean {
  let seen = -1;
  const holds = () => {
    const { index } = swarm.view;
    if (index === seen) return false;
    seen = index;
    return condition(swarm);
  };
  try {
    swarm.runUntil(holds, { within });
    return true;
  } catch (error) {
    if (error instanceof LimitError) return false;
    throw error;
  }
}

/** A task of the service with this image that is about to start on a node. */
export function startingTask(swarm: Swarm, service: string, image: string): Task | undefined {
  return swarm
    .service(service)
    .tasks()
    .find(
      ({ spec, status, nodeId, desiredState }) =>
        spec.container.image === image &&
        nodeId !== '' &&
        status.state >= TaskState.PREPARING &&
        status.state < TaskState.RUNNING &&
        desiredState <= TaskState.RUNNING,
    );
}

/** How many tasks of the service run this image. */
export function runningTasks(swarm: Swarm, service: string, image: string): number {
  return swarm
    .service(service)
    .tasks()
    .filter(({ spec, status }) => spec.container.image === image && status.state === TaskState.RUNNING).length;
}

/** The node with most running tasks of a service; workers before managers, so that the swarm keeps its managers. */
export function busiestNode(swarm: Swarm, service: string): NodeHandle | undefined {
  const { id } = swarm.service(service);
  const loads = swarm.nodes().map((node) => ({
    node,
    isManager: node.object.role === 'manager',
    count: node.tasks().filter(({ serviceId, status }) => serviceId === id && status.state === TaskState.RUNNING)
      .length,
  }));
  const candidates = loads.filter(({ count }) => count > 0);
  return candidates.sort((a, b) => Number(a.isManager) - Number(b.isManager) || b.count - a.count)[0]?.node;
}
