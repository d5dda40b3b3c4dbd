import { type Node, type Service, type Task, TaskState } from '../../../api/index.ts';
import { nodeMatches, parseConstraints } from '../../../manager/index.ts';
import { byNodeId, type ReadView } from '../../../store/index.ts';
import type { Law } from './law.ts';
import { isPaused, isUnderUpdate, mayWaitSilently, ServiceHistory } from './service-history.ts';

/**
 * None on a node that is drained or down or does not match. A paused node is left as it is: it keeps what it has, and
 * what fails there comes back when it is active again. A paused or silenced update leaves what it was at (18.11, 18.13), and so
 * does a silent one that waits for room (7.8).
 */
export const restGlobal: Law = {
  sentence: 'once settled a global service has exactly one task on each active node that satisfies its constraints',
  // A node may change between the look at it and the write of a task for it; nobody looks again.
  needsInstantWrites: true,
  watch() {
    const history = new ServiceHistory();
    return {
      committed: (commit) => history.note(commit),
      atRest: (view) =>
        view.services
          .all()
          .filter((service) => service.spec.mode.kind === 'global' && !isUnderUpdate(service))
          .flatMap((service) => view.nodes.all().flatMap((node) => breaches(view, service, node, history))),
    };
  },
};

function breaches(view: ReadView, service: Service, node: Node, history: ServiceHistory): string[] {
  if (node.spec.availability === 'pause' || history.wasSilenced(service.id)) return [];
  const tasks = view.tasks
    .find(byNodeId(node.id))
    .filter(({ serviceId, desiredState }) => serviceId === service.id && desiredState <= TaskState.RUNNING);
  const [least, most] = bounds(service, node, tasks, history);
  if (tasks.length >= least && tasks.length <= most) return [];
  return [`${service.spec.name} has ${tasks.length} wanted tasks on ${node.id}, not ${least} to ${most}`];
}

function bounds(
  service: Service,
  node: Node,
  tasks: readonly Task[],
  history: ServiceHistory,
): [least: number, most: number] {
  const isUsable = node.status.state === 'ready' && node.spec.availability === 'active';
  if (!isUsable || !nodeMatches(parseConstraints(service.spec.task.placement?.constraints ?? []), node)) return [0, 0];
  const least = history.mayEndForGood(service.id) || history.isBereft(service.id, node.id) ? 0 : 1;
  const most = isPaused(service) || mayWaitSilently(service, tasks) ? Number.POSITIVE_INFINITY : 1;
  return [least, most];
}
