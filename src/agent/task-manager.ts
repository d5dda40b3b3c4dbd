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
  /** The operation begun last, ended or not; 0 before the first. */
  newest: Operation['id'];
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
  /**
   * With which operation its call is interrupted: when that one is cancelled, or has ended. It is the operation
   * itself, but once the controller has been told of an update it is the newest one: the real one reads a variable
   * that its successors have overwritten meanwhile.
   */
  context: Operation['id'];
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
    newest: 0,
    retries: [],
    phase: 'open',
  };
}

/** Begins the next step. */
export function run(context: ManagerContext, manager: ManagerState): void {
  if (manager.phase !== 'open') return;
  const { task, isUpdated } = manager;
  const id = context.newId();
  const operation: Operation = {
    id,
    task,
    step: nextStep(task),
    stage: isUpdated ? 'update' : 'step',
    call: undefined,
    isCanceled: false,
    context: id,
  };
  manager.operations.set(id, operation);
  manager.newest = id;
  manager.cancelable = id;
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
  else cancel(context, manager, manager.operations.get(manager.cancelable));
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
    operation.context = manager.newest;
    takeStep(context, manager, operation);
  } else {
    // The step is tried after all, and the controller is not told again.
    end(context, manager, operation, 'again');
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
  else cancel(context, manager, manager.operations.get(manager.cancelable));
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
  if (!isLive(manager, operation.context) && operation.call === id) context.executor.cancel(id);
}

function cancel(context: ManagerContext, manager: ManagerState, operation: Operation | undefined): void {
  if (operation === undefined || operation.isCanceled) return;
  operation.isCanceled = true;
  interrupt(context, manager, operation.id);
}

/** Whatever depends on the operation is interrupted with it. */
function interrupt(context: ManagerContext, manager: ManagerState, id: Operation['id']): void {
  for (const operation of [...manager.operations.values()]) {
    if (operation.context === id && operation.call !== undefined) context.executor.cancel(operation.call);
  }
}

function isLive(manager: ManagerState, id: Operation['id']): boolean {
  return manager.operations.get(id)?.isCanceled === false;
}

function finish(
  context: ManagerContext,
  manager: ManagerState,
  operation: Operation,
  error: ControllerError | undefined,
): void {
  const { task, step } = operation;
  const sight = look(context.executor, manager.controller, !isLive(manager, operation.context));
  const { status, next } = outcome(task, step, error, sight, context.timers.now);
  manager.task = { ...manager.task, status };
  context.report(manager.task, status);
  end(context, manager, operation, next);
}

function end(
  context: ManagerContext,
  manager: ManagerState,
  { id }: Operation,
  next: 'again' | 'hold' | 'retry',
): void {
  manager.operations.delete(id);
  goOn(context, manager, next);
  interrupt(context, manager, id);
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
  for (const operation of [...manager.operations.values()]) cancel(context, manager, operation);
}

/** A cancelled step sees nothing: the engine does not answer it any more. */
function look(executor: Executor, controller: ControllerId, isCanceled: boolean): Sight {
  return {
    hasContainers: executor.containerStatus !== undefined,
    container: isCanceled ? undefined : executor.containerStatus?.(controller),
    ports: isCanceled ? undefined : executor.portStatus?.(controller),
  };
}
