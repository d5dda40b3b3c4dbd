import type {
  CallId,
  ContainerStatus,
  ControllerCall,
  ControllerError,
  ControllerId,
  Executor,
  ExecutorListener,
  PortStatus,
} from '../../src/agent/controller.ts';
import type { Task } from '../../src/api/index.ts';

export interface LoggedCall {
  readonly t: number;
  readonly task: string;
  readonly call: string;
  end?: number;
  result?: string;
}

/** Stands between an agent and its executor and writes down every call with its answer. */
export class CallLog implements Executor, ExecutorListener {
  readonly calls: LoggedCall[] = [];
  readonly #now: () => number;
  readonly #running = new Map<CallId, LoggedCall>();
  readonly #taskOf = new Map<ControllerId, string>();
  executor: Executor | undefined;
  listener: ExecutorListener | undefined;
  containerStatus?: (controller: ControllerId) => ContainerStatus | undefined;
  portStatus?: (controller: ControllerId) => PortStatus | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  connect(executor: Executor, listener: ExecutorListener): void {
    this.executor = executor;
    this.listener = listener;
    if (executor.containerStatus) this.containerStatus = (id) => executor.containerStatus?.(id);
    if (executor.portStatus) this.portStatus = (id) => executor.portStatus?.(id);
  }

  resolve(controller: ControllerId, task: Task): string | undefined {
    this.#taskOf.set(controller, task.id);
    return this.executor?.resolve(controller, task);
  }

  call(call: ControllerCall): void {
    const entry: LoggedCall = { t: this.#now(), task: call.task.id, call: call.method };
    this.calls.push(entry);
    this.#running.set(call.id, entry);
    this.executor?.call(call);
  }

  returned(call: CallId, error: ControllerError | undefined): void {
    const entry = this.#running.get(call);
    if (entry !== undefined) {
      entry.end = this.#now();
      if (error !== undefined) entry.result = error.text;
    }
    this.listener?.returned(call, error);
  }

  cancel(call: CallId): void {
    this.executor?.cancel(call);
  }

  close(controller: ControllerId): void {
    const now = this.#now();
    this.calls.push({ t: now, task: this.#taskOf.get(controller) ?? '', call: 'Close', end: now });
    this.executor?.close(controller);
  }

  abandon(controller: ControllerId): void {
    this.executor?.abandon(controller);
  }
}
