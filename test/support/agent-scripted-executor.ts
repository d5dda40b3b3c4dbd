/** An executor whose controllers do what a script says: the double of the agent vectors of kind `controller`. */
import type {
  CallId,
  ControllerCall,
  ControllerError,
  ControllerMethod,
  Executor,
  ExecutorListener,
} from '../../src/agent/controller.ts';
import { CANCELED } from '../../src/agent/controller.ts';
import type { TimerId, Timers } from '../../src/agent/timers.ts';
import type { Task } from '../../src/api/index.ts';
import { millis } from '../../src/base/index.ts';
import { lastFrom } from './agent-vector-run.ts';

export interface ScriptedCall {
  readonly ms?: number;
  readonly hang?: boolean;
  readonly error?: string;
  readonly kind?: 'temporary' | 'canceled' | 'deadline' | 'wrappedDeadline' | 'prepared' | 'started';
  readonly code?: number;
  readonly deaf?: boolean;
}

/** By method in lower case: what its 1st, 2nd, ... call does; the last repeats, none succeeds at once. */
export interface Script extends Partial<Record<Lowercase<ControllerMethod>, readonly ScriptedCall[]>> {
  readonly resolveError?: string;
}

export interface ScriptTimer {
  readonly kind: 'script.end';
  readonly call: CallId;
}

export class ScriptedExecutor implements Executor {
  readonly #scripts: Readonly<Record<string, Script>>;
  readonly #timers: Timers<ScriptTimer>;
  readonly #listener: ExecutorListener;
  readonly #counts = new Map<string, number>();
  readonly #running = new Map<CallId, { readonly does: ScriptedCall; readonly timer: TimerId | undefined }>();

  constructor(scripts: Readonly<Record<string, Script>>, timers: Timers<ScriptTimer>, listener: ExecutorListener) {
    this.#scripts = scripts;
    this.#timers = timers;
    this.#listener = listener;
  }

  resolve(_: number, task: Task): string | undefined {
    return this.#scripts[task.id]?.resolveError;
  }

  call({ id, method, task }: ControllerCall): void {
    const counter = `${task.id} ${method}`;
    const count = (this.#counts.get(counter) ?? 0) + 1;
    this.#counts.set(counter, count);
    const script = this.#scripts[task.id]?.[method.toLowerCase() as Lowercase<ControllerMethod>];
    const does = lastFrom(script, count) ?? {};
    const at = this.#timers.now + millis(does.ms ?? 0);
    const timer = does.hang ? undefined : this.#timers.wake(at, { kind: 'script.end', call: id });
    this.#running.set(id, { does, timer });
  }

  cancel(call: CallId): void {
    const running = this.#running.get(call);
    if (running === undefined || running.does.deaf) return;
    if (running.timer !== undefined) this.#timers.cancel(running.timer);
    this.#end(call, CANCELED);
  }

  handle({ call }: ScriptTimer): void {
    const running = this.#running.get(call);
    if (running !== undefined) this.#end(call, errorOf(running.does));
  }

  close(): void {}

  abandon(): void {}

  #end(call: CallId, error: ControllerError | undefined): void {
    this.#running.delete(call);
    this.#listener.returned(call, error);
  }
}

function errorOf({ error, kind, code }: ScriptedCall): ControllerError | undefined {
  switch (kind) {
    case undefined:
      return error === undefined ? undefined : { kind: 'fatal', text: error, exitCode: code ?? 0 };
    case 'temporary':
      return { kind, text: error ?? '', exitCode: code ?? 0 };
    case 'canceled':
      return CANCELED;
    case 'deadline':
      return { kind, text: 'context deadline exceeded' };
    case 'wrappedDeadline':
      return { kind: 'temporary', text: `${error}: context deadline exceeded` };
    default:
      return { kind, text: `exec: task already ${kind}` };
  }
}
