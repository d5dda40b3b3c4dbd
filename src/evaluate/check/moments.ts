/** Moments of a release, and what is done to a swarm at them. */
import { type Task, TaskState } from '../../api/index.ts';
import { type DurationInput, LimitError, type Nanoseconds } from '../../base/index.ts';
import type { NodeHandle, Swarm } from '../../swarm/index.ts';

/**
 * Runs until a condition on what is stored holds; false where it did not within the time, or where nothing at all has been stored for
 * so long that nothing will be.
 */
export function reaches(
  swarm: Swarm,
  condition: (swarm: Swarm) => boolean,
  within: DurationInput = '10m',
  quiet: Nanoseconds = Number.POSITIVE_INFINITY,
): boolean {
  let seen = -1;
  let since = swarm.now;
  let isReached = false;
  const isOver = () => {
    const { index } = swarm.view;
    if (index === seen) return swarm.now - since > quiet / 1e3;
    seen = index;
    since = swarm.now;
    isReached = condition(swarm);
    return isReached;
  };
  try {
    swarm.runUntil(isOver, { within });
    return isReached;
  } catch (error) {
    if (error instanceof LimitError) return false;
    throw error;
  }
}

/** The tasks of the service with this image that are about to start on a node. */
export function startingTasks(swarm: Swarm, service: string, image: string): readonly Task[] {
  return swarm
    .service(service)
    .tasks()
    .filter(
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

/** The nodes with running tasks of a service: workers before managers, then those with most of them first. */
export function busiestNodes(swarm: Swarm, service: string): readonly NodeHandle[] {
  const { id } = swarm.service(service);
  const loads = swarm.nodes().map((node) => ({
    node,
    isManager: node.object.role === 'manager',
    count: node.tasks().filter(({ serviceId, status }) => serviceId === id && status.state === TaskState.RUNNING)
      .length,
  }));
  return loads
    .filter(({ count }) => count > 0)
    .sort((a, b) => Number(a.isManager) - Number(b.isManager) || b.count - a.count)
    .map(({ node }) => node);
}

/** Whether a node can be lost without the managers: it does not lead, and leaves a majority of them. */
export function isExpendable(swarm: Swarm, { id, managerStatus }: NodeHandle): boolean {
  if (managerStatus === undefined) return true;
  const managers = swarm.managers().length;
  return swarm.leader?.id !== id && managers - 1 > managers / 2;
}
