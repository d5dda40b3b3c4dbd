import type { Task, TaskStatus } from '../api/index.ts';
import { compareText, type Micros } from '../base/index.ts';
import type { CallId, ControllerError, ControllerId, Executor, ExecutorListener } from './controller.ts';
import { resolved } from './step.ts';
import {
  callReturned,
  close,
  endManager,
  type ManagerContext,
  type ManagerId,
  type ManagerState,
  type ManagerTimer,
  newManager,
  type Operation,
  retryDue,
  run,
  update,
} from './task-manager.ts';
import type { Timers } from './timers.ts';

export interface WorkerState {
  /** What is on disk: each assigned task, with its status as last reached. */
  readonly stored: Map<string, StoredTask>;
  /** Also those of removed tasks, until their last operation has ended. */
  readonly managers: Map<ManagerId, ManagerState>;
  readonly managerOf: Map<string, ManagerId>;
  readonly calls: Map<CallId, { readonly manager: ManagerId; readonly operation: Operation['id'] }>;
  /** Removals under way. */
  readonly removals: Map<CallId, ControllerId>;
  lastId: number;
}

export interface StoredTask {
  /** As assigned; its own status is out of date. */
  readonly task: Task;
  readonly status: TaskStatus;
}

export interface WorkerOptions {
  readonly state?: WorkerState;
  readonly timers: Timers<ManagerTimer>;
  readonly executor: Executor;
  /** The pause before a step is repeated. */
  readonly stepRetry: Micros;
  /** A task has reached a status, which is on disk now. */
  reported(taskId: string, status: TaskStatus): void;
}

/**
 * Holds a node's assignments and what is done about each of them. (swarmkit agent/worker.go)
 *
 * Everything that it knows is in {@link Worker.state}, plain data.
 */
export class Worker implements ExecutorListener {
  readonly state: WorkerState;
  readonly #executor: Executor;
  readonly #reported: (taskId: string, status: TaskStatus) => void;
  readonly #context: ManagerContext;
  /** Which statuses are handed on: none once the agent stops, and in its first moment none that was told just now. */
  #tells: 'everything' | 'changes' | 'nothing' = 'everything';

  constructor({ state, timers, executor, stepRetry, reported }: WorkerOptions) {
    this.state = state ?? newWorkerState();
    this.#executor = executor;
    this.#reported = reported;
    this.#context = {
      timers,
      executor,
      stepRetry,
      newId: () => this.#newId(),
      expect: (call, manager, operation) => this.state.calls.set(call, { manager, operation }),
      report: (task, status) => this.#store(task.id, status),
    };
  }

  /** The complete set of assignments: what is not in it is removed. */
  assign(tasks: readonly Task[]): void {
    for (const task of tasks) this.#assignOne(task);
    const assigned = new Set(tasks.map((task) => task.id));
    const gone = [...this.state.managerOf.keys()].filter((id) => !assigned.has(id));
    // Real: in the order of a Go map.
    for (const id of gone.sort(compareText)) this.#remove(id);
  }

  /** An increment: what is in neither list stays as it is. */
  update(changes: { readonly updated: readonly Task[]; readonly removed: readonly string[] }): void {
    for (const task of changes.updated) this.#assignOne(task);
    for (const id of changes.removed) this.#remove(id);
  }

  /** Tells the status of every task again, in the order of their ids. */
  reportAll(): void {
    for (const id of this.#storedIds()) this.#reported(id, this.state.stored.get(id)!.status);
  }

  /**
   * The agent stops in good order: what can be interrupted is, and its status is on disk, though nobody hears of it
   * any more. For what goes on all the same (creating a container, a stop) nobody waits, but at the end of a removal.
   */
  stop(): void {
    const controllers = [...this.state.managers.values()].map((manager) => manager.controller);
    this.#tells = 'nothing';
    for (const manager of [...this.state.managers.values()]) endManager(this.#context, manager);
    this.#tells = 'everything';
    for (const removal of [...this.state.removals.keys()]) this.#executor.cancel(removal);
    this.#forgetManagers();
    for (const controller of controllers) this.#executor.abandon(controller);
  }

  /** The agent is gone from one moment to the next, and its controllers with it. What is on disk stays. */
  crash(): void {
    this.#forgetManagers();
    this.state.removals.clear();
  }

  /** The agent starts (again) over what is on disk, and tells it. */
  start(): void {
    const managers = this.#storedIds().flatMap((id) => {
      const { task, status } = this.state.stored.get(id)!;
      return this.#manage({ ...task, status }) ?? [];
    });
    this.reportAll();
    this.#tells = 'changes';
    for (const manager of managers) run(this.#context, manager);
    this.#tells = 'everything';
  }

  returned(call: CallId, error: ControllerError | undefined): void {
    const { calls, removals, managers } = this.state;
    const removed = removals.get(call);
    if (removed !== undefined) {
      // A removal that failed is not repeated.
      removals.delete(call);
      this.#executor.close(removed);
      return;
    }
    const expected = calls.get(call);
    if (expected === undefined) return;
    calls.delete(call);
    const manager = managers.get(expected.manager);
    if (manager === undefined) return;
    callReturned(this.#context, manager, expected.operation, error);
    this.#forgetIfDone(manager);
  }

  handle(event: ManagerTimer): void {
    const manager = this.state.managers.get(event.manager);
    if (manager !== undefined) retryDue(this.#context, manager);
  }

  #assignOne(task: Task): void {
    const { stored, managers, managerOf } = this.state;
    const known = stored.get(task.id);
    stored.set(task.id, { task, status: known?.status ?? task.status });
    const manager = managers.get(managerOf.get(task.id) ?? -1);
    if (manager !== undefined) update(this.#context, manager, task);
    else this.#startTask({ ...task, status: known?.status ?? task.status });
  }

  #startTask(task: Task): void {
    const manager = this.#manage(task);
    this.#reported(task.id, this.state.stored.get(task.id)!.status);
    if (manager !== undefined) run(this.#context, manager);
  }

  /** Without a controller there is no manager, so the next assignment of the task tries again. */
  #manage(task: Task): ManagerState | undefined {
    const controller = this.#newId();
    const error = this.#executor.resolve(controller, task);
    const { stored, managers, managerOf } = this.state;
    stored.set(task.id, { task: stored.get(task.id)!.task, status: resolved(task.status, error) });
    if (error !== undefined) return undefined;
    const manager = newManager(this.#newId(), controller, task);
    managers.set(manager.id, manager);
    managerOf.set(task.id, manager.id);
    return manager;
  }

  /** The manager is closed and the container removed side by side: the removal waits for nothing. */
  #remove(taskId: string): void {
    const { stored, managers, managerOf, removals } = this.state;
    stored.delete(taskId);
    const manager = managers.get(managerOf.get(taskId) ?? -1);
    if (manager === undefined) return;
    managerOf.delete(taskId);
    close(this.#context, manager);
    this.#forgetIfDone(manager);
    const call = this.#newId();
    removals.set(call, manager.controller);
    this.#executor.call({ id: call, controller: manager.controller, method: 'Remove', task: manager.task });
  }

  #forgetIfDone(manager: ManagerState): void {
    if (manager.phase === 'closed' && manager.operations.size === 0) this.state.managers.delete(manager.id);
  }

  /** A status of a task that was removed meanwhile is of no interest. */
  #store(taskId: string, status: TaskStatus): void {
    const known = this.state.stored.get(taskId);
    if (known === undefined) return;
    this.state.stored.set(taskId, { task: known.task, status });
    if (this.#tells === 'nothing' || (this.#tells === 'changes' && status === known.status)) return;
    this.#reported(taskId, status);
  }

  #forgetManagers(): void {
    const { managers, managerOf, calls } = this.state;
    for (const { retries } of managers.values()) for (const timer of retries) this.#context.timers.cancel(timer);
    for (const map of [managers, managerOf, calls]) map.clear();
  }

  #storedIds(): readonly string[] {
    return [...this.state.stored.keys()].sort(compareText);
  }

  #newId(): number {
    this.state.lastId += 1;
    return this.state.lastId;
  }
}

function newWorkerState(): WorkerState {
  return {
    stored: new Map(),
    managers: new Map(),
    managerOf: new Map(),
    calls: new Map(),
    removals: new Map(),
    lastId: 0,
  };
}
