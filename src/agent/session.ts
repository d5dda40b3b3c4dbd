import type { FromDispatcher, NodeDescription, SessionNumber, TaskStatus, ToDispatcher } from '../api/index.ts';
import { assert, type Instant, type Micros } from '../base/index.ts';
import type { DispatcherPort } from './dispatcher-port.ts';
import type { AgentLatencies } from './latencies.ts';
import type { TimerId, Timers } from './timers.ts';

export interface SessionState {
  number: SessionNumber;
  phase: 'closed' | 'waiting' | 'opening' | 'open';
  /** The dispatcher's name of the last one; a new session asks to go on with it. */
  sessionId: string;
  manager: string | undefined;
  backoff: Micros;
  /** Before and while it is opened: the wait, or the patience. Afterwards: the next heartbeat, or the patience for one. */
  timer: TimerId | undefined;
  /** When the last heartbeat was sent. */
  askedAt: Instant;
  /** Nothing happens to its heartbeats, so they are not sent, and there is no timer for them. */
  isResting: boolean;
  /** A status was sent and not answered yet. */
  isSending: boolean;
}

/** What a session has to wait for that rests no longer: its next heartbeat, or the answer to the last one. */
export type NextHeartbeat = { readonly dueAt: Instant } | { readonly askedAt: Instant };

export type SessionTimer =
  | { readonly kind: 'agent.session-due' }
  | { readonly kind: 'agent.session-timeout' }
  | { readonly kind: 'agent.heartbeat-due' }
  | { readonly kind: 'agent.heartbeat-timeout' };

export interface SessionRecords {
  readonly 'session.opened': { readonly manager: string; readonly sessionId: string };
  /** `delay`: until the next attempt. */
  readonly 'session.failed': { readonly manager?: string; readonly error: string; readonly delay: Micros };
}

export interface SessionListener {
  opened(): void;
  /** The status that was sent has arrived, or was lost with its session. */
  sent(outcome: 'arrived' | 'failed'): void;
  assigned(message: FromDispatcher & { kind: 'assignments' }): void;
}

export interface SessionOptions {
  readonly state?: SessionState;
  readonly timers: Timers<SessionTimer>;
  readonly latencies: AgentLatencies;
  readonly dispatcher: DispatcherPort;
  readonly listener: SessionListener;
  describe(): NodeDescription;
  /** A number in [0, 1), drawn anew each time. */
  random(): number;
  record<K extends keyof SessionRecords>(kind: K, payload: SessionRecords[K]): void;
}

/**
 * The line to a manager: opened again and again, with growing pauses where it fails, and held by heartbeats.
 * (swarmkit agent/session.go; the back-off: agent/agent.go, run)
 */
export class Session {
  readonly state: SessionState;
  readonly #options: SessionOptions;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.state = options.state ?? newSessionState();
  }

  /** The agent starts. */
  start(): void {
    this.state.sessionId = '';
    this.state.backoff = 0;
    this.#open(0);
  }

  /** The agent stops: no attempt follows. */
  stop(): void {
    this.#close();
  }

  /** The machine is gone, and cannot even say so. */
  crash(): void {
    this.#forget();
  }

  /** Closes it in good order and opens another, for the manager to see a new description. */
  renew(): void {
    if (this.state.phase !== 'open') return;
    this.#close();
    this.#open(this.#delay());
  }

  /** Sends a status if there is a session, else once there is one: the caller offers it again when it is opened. */
  send(taskId: string, status: TaskStatus): void {
    if (this.state.phase !== 'open' || this.state.isSending) return;
    this.state.isSending = true;
    const { number: session, sessionId } = this.state;
    this.#tell({ kind: 'update-task-status', session, sessionId, taskId, status });
  }

  /**
   * The heartbeat that is not answered yet has arrived, and it is known how all others will go: they need not be sent.
   * False where the session is not the one that it belongs to.
   */
  rest(session: SessionNumber): boolean {
    const { state } = this;
    if (state.phase !== 'open' || state.number !== session || state.isResting) return false;
    this.#cancelTimer();
    state.isResting = true;
    return true;
  }

  /** Heartbeats are sent again. */
  resume(next: NextHeartbeat): void {
    const { state } = this;
    assert(state.isResting, 'the session does not rest');
    state.isResting = false;
    if ('dueAt' in next) return this.#wakeAt(next.dueAt, { kind: 'agent.heartbeat-due' });
    state.askedAt = next.askedAt;
    this.#wakeAt(next.askedAt + this.#options.latencies.callTimeout, { kind: 'agent.heartbeat-timeout' });
  }

  receive(message: FromDispatcher): void {
    const { state } = this;
    if (message.session !== state.number || state.phase === 'closed' || state.phase === 'waiting') return;
    if (message.kind === 'session-failed') this.#fail(message.error);
    else if (message.kind === 'session-opened') this.#opened(message.sessionId);
    else if (state.phase === 'open') this.#inSession(message);
  }

  handle(event: SessionTimer): void {
    this.state.timer = undefined;
    switch (event.kind) {
      case 'agent.session-due':
        this.#ask();
        break;
      case 'agent.session-timeout':
        this.#fail('session initiation timed out');
        break;
      case 'agent.heartbeat-due':
        this.#beat();
        break;
      case 'agent.heartbeat-timeout':
        this.#fail('rpc error: code = DeadlineExceeded desc = context deadline exceeded');
        break;
    }
  }

  #open(delay: Micros): void {
    const { state } = this;
    state.number += 1;
    state.phase = 'waiting';
    state.manager = this.#options.dispatcher.selectManager();
    this.#wake(delay, { kind: 'agent.session-due' });
  }

  #ask(): void {
    if (this.state.manager === undefined) {
      this.#fail('no available manager');
      return;
    }
    const { number: session, sessionId } = this.state;
    this.state.phase = 'opening';
    this.#tell({ kind: 'open-session', session, sessionId, description: this.#options.describe() });
    this.#wake(this.#options.latencies.callTimeout, { kind: 'agent.session-timeout' });
  }

  #opened(sessionId: string): void {
    const { state } = this;
    if (state.phase !== 'opening') return;
    state.phase = 'open';
    state.sessionId = sessionId;
    state.backoff = 0;
    this.#options.record('session.opened', { manager: state.manager!, sessionId });
    this.#beat();
    this.#tell({ kind: 'open-assignments', session: state.number, sessionId });
    this.#options.listener.opened();
  }

  #inSession(message: FromDispatcher): void {
    const { listener } = this.#options;
    switch (message.kind) {
      case 'heartbeat-answered':
        this.#wake(message.period, { kind: 'agent.heartbeat-due' });
        break;
      case 'task-status-answered':
        this.state.isSending = false;
        listener.sent('arrived');
        break;
      case 'assignments':
        listener.assigned(message);
        break;
    }
  }

  #beat(): void {
    const { state } = this;
    state.askedAt = this.#options.timers.now;
    this.#tell({ kind: 'heartbeat', session: state.number, sessionId: state.sessionId });
    this.#wake(this.#options.latencies.callTimeout, { kind: 'agent.heartbeat-timeout' });
  }

  #fail(error: string): void {
    const { state } = this;
    const { latencies, record } = this.#options;
    const { manager } = state;
    state.backoff = Math.min(latencies.firstBackoff + 2 * state.backoff, latencies.longestBackoff);
    const delay = this.#delay();
    record('session.failed', { error, delay, ...(manager !== undefined && { manager }) });
    this.#close();
    this.#open(delay);
  }

  #close(): void {
    const { phase, number: session, sessionId, manager } = this.state;
    if (phase === 'opening' || phase === 'open') this.#tell({ kind: 'close-session', session, sessionId });
    this.#forget();
    if (phase !== 'closed' && manager !== undefined) this.#options.dispatcher.ended?.(manager);
  }

  /** What was being sent is lost with the session. */
  #forget(): void {
    const { state } = this;
    if (state.isResting) this.#options.dispatcher.disturb?.();
    this.#cancelTimer();
    state.phase = 'closed';
    if (!state.isSending) return;
    state.isSending = false;
    this.#options.listener.sent('failed');
  }

  #delay(): Micros {
    return this.state.backoff === 0 ? 0 : Math.floor(this.#options.random() * this.state.backoff);
  }

  /** One timer at a time: a new one takes the place of the old. */
  #wake(delay: Micros, event: SessionTimer): void {
    this.#wakeAt(this.#options.timers.now + delay, event);
  }

  #wakeAt(at: Instant, event: SessionTimer): void {
    this.#cancelTimer();
    this.state.timer = this.#options.timers.wake(at, event, { periodic: true });
  }

  #cancelTimer(): void {
    if (this.state.timer !== undefined) this.#options.timers.cancel(this.state.timer);
    this.state.timer = undefined;
  }

  #tell(message: ToDispatcher): void {
    const { manager } = this.state;
    if (manager !== undefined) this.#options.dispatcher.send(manager, message);
  }
}

function newSessionState(): SessionState {
  return {
    number: 0,
    phase: 'closed',
    sessionId: '',
    manager: undefined,
    backoff: 0,
    timer: undefined,
    askedAt: 0,
    isResting: false,
    isSending: false,
  };
}
