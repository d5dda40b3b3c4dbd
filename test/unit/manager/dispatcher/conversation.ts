/** One node's agent in a {@link DispatcherWorld}, for tests that say what it says. */
import {
  type FromDispatcher,
  type NodeDescription,
  type TaskState,
  type TaskStatus,
  type ToDispatcher,
  taskStateName,
} from '../../../../src/api/index.ts';
import type { DispatcherWorld } from '../../../support/dispatcher-world.ts';

type Kind = FromDispatcher['kind'];

export class Conversation {
  readonly #world: DispatcherWorld;
  readonly #node: string;
  #session = 0;

  constructor(world: DispatcherWorld, node = 'a') {
    this.#world = world;
    this.#node = node;
  }

  /** The last session's id; '' before the first. */
  get sessionId(): string {
    const opened = this.heard('session-opened').at(-1);
    return opened?.sessionId ?? '';
  }

  open({ sessionId = '', description = { hostname: this.#node }, address }: Opening = {}): this {
    this.#session += 1;
    this.#say({ kind: 'open-session', session: this.#session, sessionId, description }, address);
    return this;
  }

  heartbeat(sessionId = this.sessionId): this {
    return this.#say({ kind: 'heartbeat', session: this.#session, sessionId });
  }

  openAssignments(): this {
    return this.#say({ kind: 'open-assignments', session: this.#session, sessionId: this.sessionId });
  }

  report(taskId: string, state: TaskState, status: Partial<TaskStatus> = {}): this {
    const { nowMs } = this.#world;
    return this.#say({
      kind: 'update-task-status',
      session: this.#session,
      sessionId: this.sessionId,
      taskId,
      status: { state, message: taskStateName(state).toLowerCase(), timestamp: nowMs * 1000, ...status },
    });
  }

  close(): this {
    return this.#say({ kind: 'close-session', session: this.#session, sessionId: this.sessionId });
  }

  /** Messages of this kind, oldest first. */
  heard<K extends Kind>(kind: K): Extract<FromDispatcher, { kind: K }>[] {
    return this.#all()
      .map(({ message }) => message)
      .filter((message) => message.kind === kind) as Extract<FromDispatcher, { kind: K }>[];
  }

  /** Increments as `1200 +t1 -t2`: when, what was updated, what was removed. */
  get increments(): string[] {
    return this.#all().flatMap(({ at, message }) => {
      if (message.kind !== 'assignments' || message.set === 'complete') return [];
      return [[at, ...message.updated.map(({ id }) => `+${id}`), ...message.removed.map((id) => `-${id}`)].join(' ')];
    });
  }

  /** Refusals as `1100 heartbeat: text`. */
  get refusals(): string[] {
    return this.#all().flatMap(({ at, message }) =>
      message.kind === 'session-failed' ? [`${at} ${message.call}: ${message.error}`] : [],
    );
  }

  #all() {
    return this.#world.heard.filter(({ node }) => node === this.#node);
  }

  #say(message: ToDispatcher, address?: string): this {
    this.#world.say(this.#node, message, address);
    return this;
  }
}

interface Opening {
  readonly sessionId?: string;
  readonly description?: NodeDescription;
  readonly address?: string;
}
