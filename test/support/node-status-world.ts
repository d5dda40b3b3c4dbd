/** A manager's dispatcher with agents that do nothing but keep their sessions, on a virtual clock. */
import { type FromDispatcher, type Node, TaskState } from '../../src/api/index.ts';
import { type Instant, millis, seconds } from '../../src/base/index.ts';
import {
  type DispatcherOptions,
  dispatcher,
  Manager,
  type ManagerEvent,
  type Reactor,
} from '../../src/manager/index.ts';
import { Priority, RandomStreams, Simulator } from '../../src/sim/index.ts';
import { type Change, MemoryStore, type NewEntity, type Transaction } from '../../src/store/index.ts';
import { STORE_WRITE, type StoreWrite, storeWrite } from './store-write.ts';

export interface NodeStatusEvent {
  readonly atMs: number;
  readonly op: 'connect' | 'silence' | 'disconnect' | 'leaderChange' | 'delete';
  readonly node?: string;
}

interface Heartbeat {
  readonly kind: 'world.heartbeat';
  readonly nodeId: string;
  readonly session: number;
}

type WorldEvent = ManagerEvent | Heartbeat | { readonly kind: 'world.event'; readonly event: NodeStatusEvent };

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
  readonly runningTasks?: Readonly<Record<string, number>>;
  readonly dispatcher?: Partial<DispatcherOptions>;
}

export class NodeStatusWorld {
  readonly store = new MemoryStore({ freeze: true });
  readonly statuses = new Map<string, Sighting[]>();
  readonly orphanedAt = new Map<string, number>();
  readonly errors: CallError[] = [];
  readonly #simulator = new Simulator<WorldEvent>({ dispatch: (event) => this.#dispatch(event) });
  readonly #manager: Manager;
  readonly #sessions = new Map<string, AgentSession[]>();

  constructor({ seed, nodes, runningTasks = {}, dispatcher: options }: NodeStatusOptions) {
    const component = dispatcher({ seed, send: (nodeId, message) => this.#hear(nodeId, message), ...options });
    this.#manager = new Manager({
      name: 'm1',
      clock: this.#simulator,
      store: this.store,
      proposer: { propose: () => 'committed' },
      observer: { committed: (changes) => changes.map((change) => this.#note(change)) },
      random: new RandomStreams(seed),
      membership: { isMember: () => false, canRemove: () => true },
      components: [component as unknown as Reactor<never>],
      reactors: [storeWrite as unknown as Reactor<never>],
      answered: () => {},
    });
    this.#populate(nodes, runningTasks);
    this.#manager.becomeLeader();
  }

  /** What is to happen, each after its instant has settled. */
  plan(events: readonly NodeStatusEvent[]): void {
    for (const event of events)
      this.#simulator.schedule(millis(event.atMs), { kind: 'world.event', event }, { priority: Priority.late });
  }

  runUntil(milliseconds: number): void {
    this.#simulator.run({ until: millis(milliseconds) });
  }

  #populate(nodes: readonly string[], runningTasks: Readonly<Record<string, number>>): void {
    const tx = this.store.begin(0);
    for (const id of nodes) {
      tx.nodes.create(nodeOf(id));
      for (let index = 0; index < (runningTasks[id] ?? 0); index += 1) createTask(tx, id, index);
    }
    this.store.commit(tx);
  }

  #dispatch(event: WorldEvent): void {
    switch (event.kind) {
      case 'manager.turn':
      case 'manager.timer':
        return this.#manager.handle(event);
      case 'world.heartbeat':
        return this.#beat(event);
      case 'world.event':
        return this.#perform(event.event);
    }
  }

  #perform({ op, node = '' }: NodeStatusEvent): void {
    switch (op) {
      case 'connect':
        return this.#connect(node);
      case 'silence':
        return this.#silence(node);
      case 'disconnect':
        this.#silence(node);
        this.#sessionsOf(node).forEach((session, index) => {
          const message = { kind: 'close-session', session: index + 1, sessionId: session.id } as const;
          this.#manager.receive({ from: node, message });
        });
        return;
      case 'delete':
        this.#manager.spawn(STORE_WRITE, ((tx) => tx.nodes.delete(node)) satisfies StoreWrite);
        return;
      case 'leaderChange':
        this.#manager.becomeFollower();
        for (const nodeId of this.#sessions.keys()) this.#silence(nodeId);
        return this.#manager.becomeLeader();
    }
  }

  #connect(nodeId: string): void {
    const session = this.#sessionsOf(nodeId).push({ id: '', beats: true });
    const message = { kind: 'open-session', session, sessionId: '', description: { hostname: nodeId } } as const;
    this.#manager.receive({ from: nodeId, message });
  }

  #silence(nodeId: string): void {
    for (const session of this.#sessionsOf(nodeId)) session.beats = false;
  }

  #beat(heartbeat: Heartbeat): void {
    const { nodeId, session } = heartbeat;
    const { id, beats } = this.#sessionsOf(nodeId)[session - 1]!;
    if (!beats) return;
    this.#manager.receive({ from: nodeId, message: { kind: 'heartbeat', session, sessionId: id } });
    this.#simulator.schedule(this.#simulator.now + HEARTBEAT_PERIOD, heartbeat);
  }

  #hear(nodeId: string, message: FromDispatcher): void {
    const { session } = message;
    const known = this.#sessionsOf(nodeId)[session - 1]!;
    if (message.kind === 'session-opened') {
      known.id = message.sessionId;
      const heartbeat: Heartbeat = { kind: 'world.heartbeat', nodeId, session };
      this.#simulator.schedule(this.#simulator.now + FIRST_HEARTBEAT, heartbeat);
    } else if (message.kind === 'session-failed') {
      known.beats = false;
      this.errors.push({ at: this.#nowMs, node: nodeId, call: message.call ?? '', error: message.error });
    }
  }

  #note(change: Change): undefined {
    if (change.kind === 'delete') return;
    if (change.table === 'nodes') this.#noteNode(change.after);
    else if (change.table === 'tasks' && change.after.status.state === TaskState.ORPHANED) {
      const { nodeId } = change.after;
      if (!this.orphanedAt.has(nodeId)) this.orphanedAt.set(nodeId, this.#nowMs);
    }
  }

  /** Only what differs from the last sighting is one. */
  #noteNode({ id, status: { state, message } }: Node): void {
    const seen = this.statuses.get(id) ?? [];
    this.statuses.set(id, seen);
    const last = seen.at(-1);
    if (last?.state !== state || last.message !== message) seen.push({ at: this.#nowMs, state, message });
  }

  get #nowMs(): number {
    return toMillis(this.#simulator.now);
  }

  #sessionsOf(nodeId: string): AgentSession[] {
    const sessions = this.#sessions.get(nodeId) ?? [];
    this.#sessions.set(nodeId, sessions);
    return sessions;
  }
}

function nodeOf(id: string): NewEntity<Node> {
  return {
    id,
    role: 'worker',
    spec: { labels: {}, role: 'worker', availability: 'active' },
    status: { state: 'unknown', message: '', addr: '' },
  };
}

/** It belongs to no service, so that no orchestrator looks at it. */
function createTask(tx: Transaction, nodeId: string, index: number): void {
  tx.tasks.create({
    id: `${nodeId}-task-${index + 1}`,
    serviceId: '',
    slot: index + 1,
    nodeId,
    spec: { container: { image: 'image' }, forceUpdate: 0 },
    serviceName: '',
    serviceLabels: {},
    status: { state: TaskState.RUNNING, message: 'started', timestamp: 0 },
    desiredState: TaskState.RUNNING,
  });
}

function toMillis(instant: Instant): number {
  return Math.floor(instant / 1000);
}
