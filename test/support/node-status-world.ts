/** A dispatcher with agents that do nothing but keep their sessions. */
import { type Node, TaskState } from '../../src/api/index.ts';
import { millis, seconds } from '../../src/base/index.ts';
import type { Change } from '../../src/store/index.ts';
import { DispatcherWorld, type Heard, lonelyTask } from './dispatcher-world.ts';

export interface NodeStatusEvent {
  readonly atMs: number;
  readonly op: 'connect' | 'silence' | 'disconnect' | 'leaderChange' | 'delete';
  readonly node?: string;
}

/** What was seen of a node at an instant in milliseconds. */
export interface Sighting {
  readonly at: number;
  readonly state: string;
  readonly message: string;
}

export interface CallError {
  readonly at: number;
  readonly node: string;
  readonly call: string;
  readonly error: string;
}

interface AgentSession {
  /** '' while it is being opened. */
  id: string;
  beats: boolean;
}

const FIRST_HEARTBEAT = millis(13);
const HEARTBEAT_PERIOD = seconds(5);

export interface NodeStatusOptions {
  readonly seed: number;
  readonly nodes: readonly string[];
  /** How many tasks run on each node. */
  readonly runningTasks: Readonly<Record<string, number>>;
  readonly events: readonly NodeStatusEvent[];
}

export class NodeStatusWorld {
  readonly statuses = new Map<string, Sighting[]>();
  /** When the first task of a node was given up. */
  readonly orphanedAt = new Map<string, number>();
  readonly errors: CallError[] = [];
  readonly #world: DispatcherWorld;
  readonly #sessions = new Map<string, AgentSession[]>();

  constructor({ seed, nodes, runningTasks, events }: NodeStatusOptions) {
    const tasks = Object.entries(runningTasks).flatMap(([node, count]) =>
      Array.from({ length: count }, (_, index) => lonelyTask(node, `${node}-${index}`)),
    );
    this.#world = new DispatcherWorld({
      seed,
      nodes,
      tasks,
      hear: (heard) => this.#hear(heard),
      committed: (changes) => {
        for (const change of changes) this.#note(change);
      },
    });
    for (const event of events) this.#world.at(event.atMs, () => this.#perform(event));
  }

  runUntil(milliseconds: number): void {
    this.#world.runUntil(milliseconds);
  }

  #perform({ op, node = '' }: NodeStatusEvent): void {
    switch (op) {
      case 'connect':
        return this.#connect(node);
      case 'silence':
        return this.#silence(node);
      case 'disconnect':
        this.#silence(node);
        for (const [index, { id }] of this.#sessionsOf(node).entries())
          this.#world.say(node, { kind: 'close-session', session: index + 1, sessionId: id });
        return;
      case 'delete':
        return this.#world.write((tx) => tx.nodes.delete(node));
      case 'leaderChange':
        for (const nodeId of this.#sessions.keys()) this.#silence(nodeId);
        return this.#world.changeLeader();
    }
  }

  #connect(node: string): void {
    const session = this.#sessionsOf(node).push({ id: '', beats: true });
    this.#world.say(node, { kind: 'open-session', session, sessionId: '', description: { hostname: node } });
  }

  #silence(node: string): void {
    for (const session of this.#sessionsOf(node)) session.beats = false;
  }

  #beat(node: string, session: number): void {
    const { id, beats } = this.#sessionsOf(node)[session - 1]!;
    if (!beats) return;
    this.#world.say(node, { kind: 'heartbeat', session, sessionId: id });
    this.#world.after(HEARTBEAT_PERIOD, () => this.#beat(node, session));
  }

  #hear({ at, node, message }: Heard): void {
    const { session } = message;
    const known = this.#sessionsOf(node)[session - 1]!;
    if (message.kind === 'session-opened') {
      known.id = message.sessionId;
      this.#world.after(FIRST_HEARTBEAT, () => this.#beat(node, session));
    } else if (message.kind === 'session-failed') {
      known.beats = false;
      this.errors.push({ at, node, call: message.call ?? '', error: message.error });
    }
  }

  #note(change: Change): void {
    if (change.kind === 'delete') return;
    if (change.table === 'nodes') this.#noteNode(change.after);
    else if (change.table === 'tasks' && change.after.status.state === TaskState.ORPHANED) {
      const { nodeId } = change.after;
      if (!this.orphanedAt.has(nodeId)) this.orphanedAt.set(nodeId, this.#world.nowMs);
    }
  }

  /** Only what differs from the last sighting is one. */
  #noteNode({ id, status: { state, message } }: Node): void {
    const seen = this.statuses.get(id) ?? [];
    this.statuses.set(id, seen);
    const last = seen.at(-1);
    if (last?.state !== state || last.message !== message) seen.push({ at: this.#world.nowMs, state, message });
  }

  #sessionsOf(node: string): AgentSession[] {
    const sessions = this.#sessions.get(node) ?? [];
    this.#sessions.set(node, sessions);
    return sessions;
  }
}
