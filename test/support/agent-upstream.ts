/** The way from an agent's reporter to the manager in the agent vectors: slow, failing or interrupted at will. */
import type { TimerId, Timers } from '../../src/agent/timers.ts';
import type { TaskStatus } from '../../src/api/index.ts';
import { type Micros, millis } from '../../src/base/index.ts';

export interface UpstreamTimer {
  readonly kind: 'upstream.end';
}

export interface UpstreamOptions {
  readonly timers: Timers<UpstreamTimer>;
  readonly sendMs: number;
  readonly fails: number;
  arrived(taskId: string, status: TaskStatus): void;
  sent(outcome: 'arrived' | 'failed'): void;
}

export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #duration: Micros;
  #failsLeft: number;
  #isOnline = true;
  #sending: { readonly taskId: string; readonly status: TaskStatus; timer: TimerId | undefined } | undefined;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#duration = millis(options.sendMs);
    this.#failsLeft = options.fails;
  }

  send(taskId: string, status: TaskStatus): void {
    this.#sending = { taskId, status, timer: undefined };
    if (this.#isOnline) this.#begin();
  }

  /** The sender is gone, and what it was sending with it. */
  drop(): void {
    if (this.#sending?.timer !== undefined) this.#options.timers.cancel(this.#sending.timer);
    this.#sending = undefined;
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    if (isOnline && this.#sending !== undefined && this.#sending.timer === undefined) this.#begin();
  }

  handle(): void {
    const sending = this.#sending;
    if (sending === undefined) return;
    if (!this.#isOnline) {
      // It was on its way, and arrives as soon as it can.
      sending.timer = undefined;
      return;
    }
    this.#sending = undefined;
    if (this.#failsLeft > 0) {
      this.#failsLeft -= 1;
      this.#options.sent('failed');
      return;
    }
    this.#options.arrived(sending.taskId, sending.status);
    this.#options.sent('arrived');
  }

  #begin(): void {
    const { timers } = this.#options;
    this.#sending!.timer = timers.wake(timers.now + this.#duration, { kind: 'upstream.end' });
  }
}
