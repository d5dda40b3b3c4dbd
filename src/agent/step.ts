/** How a task advances: by at most one state at a time. (swarmkit agent/exec/controller.go, Do) */
import { type Task, TaskState, type TaskStatus } from '../api/index.ts';
import { deepEqual, type Instant } from '../base/index.ts';
import type { ContainerStatus, ControllerError, ControllerMethod, PortStatus } from './controller.ts';

/** `call`: the state is reached if the controller's method succeeds. */
export type Step =
  | { readonly kind: 'hold' }
  | { readonly kind: 'move'; readonly to: TaskState; readonly message: string }
  | { readonly kind: 'call'; readonly method: ControllerMethod; readonly to: TaskState; readonly message: string };

/** `hold`: nothing changes before the task itself does. `retry`: the same again after a pause. */
export interface Outcome {
  readonly status: TaskStatus;
  readonly next: 'again' | 'hold' | 'retry';
}

/** What can be seen of the task's container. */
export interface Sight {
  /** False: its controllers know of no containers, and the status says nothing of one. */
  readonly hasContainers: boolean;
  readonly container: ContainerStatus | undefined;
  readonly ports: PortStatus | undefined;
}

const HOLD: Step = { kind: 'hold' };

export function nextStep({ status: { state }, desiredState }: Task): Step {
  if (desiredState >= TaskState.SHUTDOWN) {
    if (state >= TaskState.COMPLETE) return HOLD;
    return { kind: 'call', method: 'Shutdown', to: TaskState.SHUTDOWN, message: 'shutdown' };
  }
  if (state > desiredState) return HOLD;
  switch (state) {
    // What has begun is finished, also where it ends beyond the desired state.
    case TaskState.PREPARING:
      return { kind: 'call', method: 'Prepare', to: TaskState.READY, message: 'prepared' };
    case TaskState.STARTING:
      return { kind: 'call', method: 'Start', to: TaskState.RUNNING, message: 'started' };
    case TaskState.RUNNING:
      return { kind: 'call', method: 'Wait', to: TaskState.COMPLETE, message: 'finished' };
  }
  if (state === desiredState) return HOLD;
  switch (state) {
    case TaskState.NEW:
    case TaskState.PENDING:
    case TaskState.ASSIGNED:
      return { kind: 'move', to: TaskState.ACCEPTED, message: 'accepted' };
    case TaskState.ACCEPTED:
      return { kind: 'move', to: TaskState.PREPARING, message: 'preparing' };
    case TaskState.READY:
      return { kind: 'move', to: TaskState.STARTING, message: 'starting' };
    default:
      return HOLD;
  }
}

/** The status after a step, whose call returned `error` or succeeded. */
export function outcome(
  task: Task,
  step: Step,
  error: ControllerError | undefined,
  sight: Sight,
  now: Instant,
): Outcome {
  const { status, next } = advance(task.status, step, error);
  const seen = withSight(status, task.status, sight, error?.exitCode ?? 0);
  return { status: isSameButForTime(seen, task.status) ? task.status : { ...seen, timestamp: now }, next };
}

/** The status of a task for which a controller was looked for. (swarmkit agent/exec/controller.go, Resolve) */
export function resolved(status: TaskStatus, error: string | undefined): TaskStatus {
  if (error !== undefined) {
    const failed = status.state <= TaskState.RUNNING ? TaskState.FAILED : status.state;
    const state = status.state < TaskState.STARTING ? TaskState.REJECTED : failed;
    return { ...status, state, message: 'resolving controller failed', err: error };
  }
  if (status.state >= TaskState.ACCEPTED) return status;
  return withoutError({ ...status, state: TaskState.ACCEPTED, message: 'accepted' });
}

function advance(status: TaskStatus, step: Step, error: ControllerError | undefined): Outcome {
  if (step.kind === 'hold') return { status, next: 'hold' };
  if (error === undefined || isNothingToDo(error, step)) {
    return { status: withoutError({ ...status, state: step.to, message: step.message }), next: 'again' };
  }
  switch (error.kind) {
    case 'canceled':
    case 'deadline':
      return { status, next: 'retry' };
    case 'temporary':
      return { status: { ...status, err: error.text }, next: 'retry' };
    default: {
      const state = status.state < TaskState.STARTING ? TaskState.REJECTED : TaskState.FAILED;
      return { status: { ...status, state, err: error.text }, next: 'again' };
    }
  }
}

function isNothingToDo(error: ControllerError, step: Step & { kind: 'move' | 'call' }): boolean {
  if (step.kind === 'move') return false;
  return (
    (step.method === 'Prepare' && error.kind === 'prepared') || (step.method === 'Start' && error.kind === 'started')
  );
}

/** Whether nothing has changed but the time. */
function isSameButForTime(seen: TaskStatus, before: TaskStatus): boolean {
  return seen.state === before.state && deepEqual({ ...seen, timestamp: before.timestamp }, before);
}

function withoutError(status: TaskStatus): TaskStatus {
  if (status.err === undefined) return status;
  const { err: _, ...rest } = status;
  return rest;
}

/** From STARTING on a status tells of the container; where none can be seen, what was known of it before. */
function withSight(status: TaskStatus, before: TaskStatus, sight: Sight, exitCode: number): TaskStatus {
  if (status.state < TaskState.STARTING || !sight.hasContainers) return status;
  const container = sight.container ?? before.container ?? { exitCode: 0 };
  return Object.assign(
    {},
    withoutPorts(status),
    { container: exitCode === 0 ? container : { ...container, exitCode } },
    sight.ports && { portStatus: sight.ports },
  );
}

function withoutPorts(status: TaskStatus): TaskStatus {
  if (status.portStatus === undefined) return status;
  const { portStatus: _, ...rest } = status;
  return rest;
}
