import { type Task, TaskState } from '../../../api/index.ts';
import { byNodeId, type ReadView } from '../../../store/index.ts';
import { type Law, nameOf } from './law.ts';
import { isUnderUpdate, ServiceHistory } from './service-history.ts';

/**
 * Jobs ignore drain: their tasks run to their end (18.40). A start-first update that comes to a node which was drained
 * since it began puts a task there, which waits for the node as long as the update waits for the task.
 */
export const restDrained: Law = {
  sentence: 'drain empties a node',
  watch() {
    const history = new ServiceHistory();
    return {
      committed: (commit) => history.note(commit),
      atRest: (view) => breaches(view, history),
    };
  },
};

function breaches(view: ReadView, history: ServiceHistory): string[] {
  const mayWait = (task: Task) => {
    const service = view.services.get(task.serviceId);
    return service !== undefined && (isUnderUpdate(service) || history.wasSilenced(service.id));
  };
  return view.nodes
    .all()
    .filter(({ spec, status }) => spec.availability === 'drain' && status.state === 'ready')
    .flatMap((node) =>
      view.tasks
        .find(byNodeId(node.id))
        .filter((task) => task.jobIteration === undefined && (isThere(task) || (isWanted(task) && !mayWait(task))))
        .map((task) => `${nameOf(task)} is on ${node.id}, which was drained`),
    );
}

function isThere({ status }: Task): boolean {
  return status.state >= TaskState.ASSIGNED && status.state <= TaskState.RUNNING;
}

function isWanted({ desiredState }: Task): boolean {
  return desiredState <= TaskState.RUNNING;
}
