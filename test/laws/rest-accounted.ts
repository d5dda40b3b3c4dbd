import { type Task, TaskState } from '../../src/api/index.ts';
import { type Law, nameOf } from '../../src/fast-check/laws/swarm/law.ts';
import { ServiceHistory } from '../../src/fast-check/laws/swarm/service-history.ts';
import type { ReadView } from '../../src/store/index.ts';

/** Nothing is left half way without a word: what is wanted runs, or says which nodes refuse it; what is not, is gone. */
export const restAccounted: Law = {
  sentence: 'a task that waits says why: once settled no other task is short of its desired state',
  watch() {
    const history = new ServiceHistory();
    return {
      committed: (commit) => history.note(commit),
      atRest: (view) =>
        view.tasks
          .all()
          .filter((task) => isShort(task) && !saysWhy(view, task) && !isStranded(task, history))
          .map((task) => `${nameOf(task)} is ${task.status.state} and wanted ${task.desiredState}`),
    };
  },
};

function isShort({ status, desiredState }: Task): boolean {
  if (desiredState >= TaskState.SHUTDOWN)
    return status.state >= TaskState.ASSIGNED && status.state <= TaskState.RUNNING;
  // Held back for its delay, or for the old task: both come to an end.
  if (desiredState < TaskState.RUNNING) return true;
  return status.state !== TaskState.RUNNING;
}

function saysWhy(view: ReadView, task: Task): boolean {
  const { status, nodeId, desiredState } = task;
  const node = view.nodes.get(nodeId);
  // A node that is away tells nothing, and a deleted one never will.
  if (nodeId !== '' && node?.status.state !== 'ready') return true;
  if (status.state === TaskState.PENDING) return (status.err ?? '') !== '';
  if (desiredState !== TaskState.COMPLETE) return false;
  // What ended in an earlier iteration of a job stays as it is (18.43).
  const iteration = view.services.get(task.serviceId)?.jobStatus?.jobIteration;
  return status.state === TaskState.COMPLETE || (status.state > TaskState.COMPLETE && task.jobIteration !== iteration);
}

/**
 * Tried in vain while its service had a newer version, and given up: the scheduler leaves the text under it as it was
 * (scheduling, section 11), even where there was none, and even if the service goes back to the task's version.
 */
function isStranded({ serviceId, specVersion = 0, status }: Task, history: ServiceHistory): boolean {
  return status.state === TaskState.PENDING && history.newestVersion(serviceId) > specVersion;
}
