import type { TaskStatus } from '../api/index.ts';
import { deepEqual } from '../base/index.ts';

export interface ReporterState {
  /** What waits to be sent: the newest status of each task. */
  readonly waiting: Map<string, TaskStatus>;
  /** The one that is being sent, or waits for a session. */
  sending: { readonly taskId: string; readonly status: TaskStatus } | undefined;
}

export interface ReporterOptions {
  readonly state?: ReporterState;
  /** Sends one report; the outcome is told through {@link Reporter.sent}. */
  send(taskId: string, status: TaskStatus): void;
}

/**
 * Sends reports one at a time, the newest of each task, until they have arrived. (swarmkit agent/reporter.go)
 *
 * Departure: tasks take turns in the order of their reports, where the real one follows the order of a Go map.
 */
export class Reporter {
  readonly state: ReporterState;
  readonly #send: (taskId: string, status: TaskStatus) => void;

  constructor({ state, send }: ReporterOptions) {
    this.state = state ?? { waiting: new Map(), sending: undefined };
    this.#send = send;
  }

  /** A report that repeats the one that waits, or falls behind it, is dropped. */
  update(taskId: string, status: TaskStatus): void {
    const { waiting } = this.state;
    const current = waiting.get(taskId);
    if (current !== undefined && (current.state > status.state || deepEqual(current, status))) return;
    waiting.set(taskId, status);
    this.#next();
  }

  /** The report that was being sent has arrived, or has failed and is sent again unless there is a newer one. */
  sent(outcome: 'arrived' | 'failed'): void {
    const { sending, waiting } = this.state;
    if (sending === undefined) return;
    this.state.sending = undefined;
    if (outcome === 'failed' && !waiting.has(sending.taskId)) waiting.set(sending.taskId, sending.status);
    this.#next();
  }

  /** The agent stops: what was not sent is lost here, but on disk all the same. */
  clear(): void {
    this.state.waiting.clear();
    this.state.sending = undefined;
  }

  #next(): void {
    const { sending, waiting } = this.state;
    if (sending !== undefined) return;
    for (const [taskId, status] of waiting) {
      waiting.delete(taskId);
      this.state.sending = { taskId, status };
      this.#send(taskId, status);
      return;
    }
  }
}
