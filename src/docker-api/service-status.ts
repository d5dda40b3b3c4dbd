import { type Engine, type Service, type Task, TaskState } from '../api/index.ts';

/** How many tasks run and are wanted, as lists show it. (swarmkit manager/controlapi/service.go, ListServiceStatuses) */
export function serviceStatus(service: Service, tasks: readonly Task[]): Engine.ServiceStatus {
  const { mode } = service.spec;
  // A job counts the tasks of its present iteration.
  const counted = service.jobStatus
    ? tasks.filter(({ jobIteration }) => jobIteration === service.jobStatus?.jobIteration)
    : tasks;
  const inState = (state: TaskState) => counted.filter(({ status }) => status.state === state).length;
  return {
    RunningTasks: inState(TaskState.RUNNING),
    DesiredTasks:
      mode.kind === 'replicated'
        ? mode.replicas
        : mode.kind === 'replicated-job'
          ? mode.maxConcurrent
          : counted.filter(isWanted).length,
    CompletedTasks: service.jobStatus ? inState(TaskState.COMPLETE) : 0,
  };
}

function isWanted({ desiredState, status }: Task): boolean {
  if (desiredState === TaskState.RUNNING) return true;
  return desiredState === TaskState.COMPLETE && status.state !== TaskState.COMPLETE;
}
