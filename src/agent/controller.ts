/**
 * What runs tasks on a node, as the agent sees it: an executor makes a controller for each task, and a controller
 * answers calls. (swarmkit agent/exec/{executor,controller}.go)
 *
 * A call is begun with `call` and answered, maybe before `call` returns, through {@link ExecutorListener.returned}.
 */
import type { Task, TaskStatus } from '../api/index.ts';

/** Chosen by the agent, as all ids here. */
export type ControllerId = number;
export type CallId = number;

export type ControllerMethod = 'Update' | 'Prepare' | 'Start' | 'Wait' | 'Shutdown' | 'Remove';

export interface ControllerCall {
  readonly id: CallId;
  readonly controller: ControllerId;
  readonly method: ControllerMethod;
  readonly task: Task;
}

/**
 * Why a call failed. `canceled` and `deadline` are the context's errors, bare or as the cause of an exit; a
 * `temporary` error may wrap one. `prepared` and `started` say that there was nothing left to do.
 */
export interface ControllerError {
  readonly kind: 'fatal' | 'temporary' | 'canceled' | 'deadline' | 'prepared' | 'started';
  readonly text: string;
  /** 0 is the same as none. */
  readonly exitCode?: number;
}

export const CANCELED: ControllerError = { kind: 'canceled', text: 'context canceled' };

export type ContainerStatus = NonNullable<TaskStatus['container']>;
export type PortStatus = NonNullable<TaskStatus['portStatus']>;

export interface Executor {
  /** Makes a controller, or says why there can be none. */
  resolve(controller: ControllerId, task: Task): string | undefined;
  call(call: ControllerCall): void;
  /** Asks a call to end. It may take its time, or not listen at all. */
  cancel(call: CallId): void;
  /** The task was removed: the last call has been answered. */
  close(controller: ControllerId): void;
  /** The agent is gone. What goes on by itself (a stop, say) goes on, and nobody asks for it any more. */
  abandon(controller: ControllerId): void;
  /** Absent: its controllers know of no containers. The answer is undefined while there is none. */
  containerStatus?(controller: ControllerId): ContainerStatus | undefined;
  portStatus?(controller: ControllerId): PortStatus | undefined;
}

export interface ExecutorListener {
  returned(call: CallId, error: ControllerError | undefined): void;
}
