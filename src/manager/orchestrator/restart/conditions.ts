/** Whether a task that has ended is to be restarted (swarmkit restart.go, shouldRestart). */
import { type Service, type Task, TaskState } from '../../../api/index.ts';
import { microsOf } from '../../../base/index.ts';
import { isGlobalService, isJob } from '../service.ts';
import { restartCondition, slotKey, taskTimestamp } from '../task.ts';
import { type RestartHistory, restartsInWindow } from './history.ts';

export function shouldRestart(history: RestartHistory, task: Task, service: Service): boolean {
  if (!conditionAllows(task, service)) return false;
  const policy = task.spec.restart;
  if (!policy || policy.maxAttempts === 0) return true;

  // A global job's restarts are recorded per node but looked up without one, so its attempts never run out.
  const key = slotKey({
    serviceId: task.serviceId,
    slot: task.slot,
    nodeId: isGlobalService(service) ? task.nodeId : '',
  });
  const slot = history.get(task.serviceId)?.get(key);
  if (!slot || (task.specVersion !== undefined && task.specVersion !== slot.specVersion)) return true;
  if (!policy.window) return slot.total < policy.maxAttempts;
  if (slot.instants.length === 0) return true;
  const until = taskTimestamp(task);
  return restartsInWindow(slot, until - microsOf(policy.window), until) < policy.maxAttempts;
}

function conditionAllows(task: Task, service: Service): boolean {
  const completed = task.status.state === TaskState.COMPLETE;
  switch (restartCondition(task)) {
    case 'none':
      return false;
    case 'on-failure':
      return !completed;
    case 'any':
      // It would make no sense to run a finished job again.
      return !(completed && isJob(service));
  }
}
