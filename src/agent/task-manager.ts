/**
 * What an agent does about one task: one step after the other, interrupted by updates. It keeps the peculiarities of
 * the real one, which are visible from outside: a pause of a second after each interruption, and steps that run twice
 * when another update falls into that pause. (swarmkit agent/task.go, taskManager.run)
 */
import { type Task, type TaskStatus, tasksEqualStable } from '../api/index.ts';
import type { Micros } from '../base/index.ts';
import type { CallId, ControllerError, ControllerId, ControllerMethod, Executor } from './controller.ts';
import { nextStep, outcome, type Sight, type Step } from './step.ts';
import type { TimerId, Timers } from './timers.ts';

export type ManagerId = number;

export interface ManagerState {
  readonly id: ManagerId;
  readonly controller: ControllerId;
  /** The task as last assigned, with its status as last reached here. */
  task: Task;
  /** The controller has not been told of the last update. */
  isUpdated: boolean;
  /** The operation that an update interrupts. One that is still under way may have lost this place to its successor. */
  cancelable: Operation['id'] | undefined;
  readonly operations: Map<Operation['id'], Operation>;
  /** Pauses under way. All are of one length, so the first to be over is the first. */
  readonly retries: TimerId[];
  phase: 'open' | 'closing' | 'closed';
}

/** One step under way. */
export interface Operation {
  readonly id: number;
  /** The task when it began. */
  readonly task: Task;
  readonly step: Step;
  /** The controller is told of an update before the step itself. */
  stage: 'update' | 'step';
  call: CallId | undefined;
  isCanceled: boolean;
}

export interface ManagerTimer {
  readonly kind: 'agent.retry';
  readonly manager: ManagerId;
}

export interface ManagerContext {
  readonly timers: Timers<ManagerTimer>;
  readonly executor: Executor;
  readonly stepRetry: Micros;
  newId(): number;
  /** Remembers for whom the answer to a call will be. */
  expect(call: CallId, manager: ManagerId, operation: Operation['id']): void;
  report(task: Task, status: TaskStatus): void;
}

export function newManager(id: ManagerId, controller: ControllerId, task: Task): ManagerState {
  return {
    id,
    controller,
    task,
    isUpdated: false,
    cancelable: undefined,
    operations: new Map(),
    retries: [],
    phase: 'open',
  };
}

/** Begins the next step. */
export function run(context: ManagerContext, manager: ManagerState): void {
  if (manager.phase !== 'open') return;
  const { task, isUpdated } = manager;
  const operation: Operation = {
    id: context.newId(),
    task,
    step: nextStep(task),
    stage: isUpdated ? 'update' : 'step',
    call: undefined,
    isCanceled: false,
  };
  manager.operations.set(operation.id, operation);
  manager.cancelable = operation.id;
  manager.isUpdated = false;
  if (isUpdated) begin(context, manager, operation, 'Update');
  else takeStep(context, manager, operation);
}

/** A new assignment of the task. One that changes nothing, or would lower the desired state, is ignored. */
export function update(context: ManagerContext, manager: ManagerState, task: Task): void {
  if (tasksEqualStable(task, manager.task) || task.desiredState < manager.task.desiredState) return;
  manager.task = { ...task, status: manager.task.status };
  manager.isUpdated = true;
  if (manager.cancelable === undefined) run(context, manager);
  else cancel(context, manager.operations.get(manager.cancelable));
}

/** The answer to a call of one of its operations. */
export function callReturned(
  context: ManagerContext,
  manager: ManagerState,
  id: Operation['id'],
  error: ControllerError | undefined,
): void {
  const operation = manager.operations.get(id);
  if (operation === undefined) return;
  operation.call = undefined;
  if (operation.stage === 'step') {
    finish(context, manager, operation, error);
  } else if (error === undefined) {
    operation.stage = 'step';
    takeStep(context, manager, operation);
  } else {
    // The step is tried after all, and the controller is not told again.
    manager.operations.delete(id);
    goOn(context, manager, 'again');
  }
}

/** The pause after a step that is to be repeated is over. */
export function retryDue(context: ManagerContext, manager: ManagerState): void {
  manager.retries.shift();
  goOn(context, manager, 'again');
}

/** Ends it for a task that was removed: at once, or when the operation that it interrupts has ended. */
export function close(context: ManagerContext, manager: ManagerState): void {
  manager.phase = 'closing';
  if (manager.cancelable === undefined) endManager(context, manager);
  else cancel(context, manager.operations.get(manager.cancelable));
}

function takeStep(context: ManagerContext, manager: ManagerState, operation: Operation): void {
  const { step } = operation;
  if (step.kind === 'call') begin(context, manager, operation, step.method);
  else finish(context, manager, operation, undefined);
}

function begin(context: ManagerContext, manager: ManagerState, operation: Operation, method: ControllerMethod): void {
  const id = context.newId();
  operation.call = id;
  context.expect(id, manager.id, operation.id);
  context.executor.call({ id, controller: manager.controller, method, task: operation.task });
  // The controller may have been told of an update although the operation was cancelled meanwhile.
  if (operation.isCanceled && operation.call === id) context.executor.cancel(id);
}

function cancel(context: ManagerContext, operation: Operation | undefined): void {
  if (operation === undefined || operation.isCanceled) return;
  operation.isCanceled = true;
  if (operation.call !== undefined) context.executor.cancel(operation.call);
}

function finish(
  context: ManagerContext,
  manager: ManagerState,
  operation: Operation,
  error: ControllerError | undefined,
): void {
  const { task, step, isCanceled } = operation;
  const sight = look(context.executor, manager.controller, isCanceled);
  const { status, next } = outcome(task, step, error, sight, context.timers.now);
  manager.operations.delete(operation.id);
  manager.task = { ...manager.task, status };
  context.report(manager.task, status);
  goOn(context, manager, next);
}

/** Whichever operation has ended, the one that could be interrupted until now no longer can. */
function goOn(context: ManagerContext, manager: ManagerState, next: 'again' | 'hold' | 'retry'): void {
  if (manager.phase === 'closed') return;
  manager.cancelable = undefined;
  if (manager.phase === 'closing') {
    endManager(context, manager);
  } else if (next === 'retry') {
    const { timers, stepRetry } = context;
    manager.retries.push(timers.wake(timers.now + stepRetry, { kind: 'agent.retry', manager: manager.id }));
  } else if (next === 'again' || manager.isUpdated) {
    run(context, manager);
  }
}

/** Ends it at once: interrupts all that is under way. What ends by that still tells its status. */
export function endManager(context: ManagerContext, manager: ManagerState): void {
  manager.phase = 'closed';
  for (const timer of manager.retries.splice(0)) context.timers.cancel(timer);
  for (const operation of [...manager.operations.values()]) cancel(context, operation);
}

/** A cancelled step sees nothing: the engine does not answer it any more. */
function look(executor: Executor, controller: ControllerId, isCanceled: boolean): Sight {
  return {
    hasContainers: executor.containerStatus !== undefined,
    container: isCanceled ? undefined : executor.containerStatus?.(controller),
    ports: isCanceled ? undefined : executor.portStatus?.(controller),
  };
}
