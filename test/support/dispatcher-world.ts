/** A manager with its dispatcher on a virtual clock. Agents are whoever says something and looks at what was heard. */
import { type FromDispatcher, type Node, type Task, TaskState, type ToDispatcher } from '../../src/api/index.ts';
import { type Micros, millis } from '../../src/base/index.ts';
import {
  commitPriority,
  type DispatcherOptions,
  dispatcher,
  Manager,
  type ManagerEvent,
  type Reactor,
} from '../../src/manager/index.ts';
import { Priority, RandomStreams, Simulator } from '../../src/sim/index.ts';
import { type Change, MemoryStore, type NewEntity } from '../../src/store/index.ts';
import { STORE_WRITE, type StoreWrite, storeWrite } from './store-write.ts';

type WorldEvent =
  | ManagerEvent
  | { readonly kind: 'world.committed' }
  | { readonly kind: 'world.act'; readonly index: number };

export interface Heard {
  readonly at: number;
  readonly node: string;
  readonly message: FromDispatcher;
}

export interface DispatcherWorldOptions {
  readonly seed?: number;
  readonly nodes?: readonly string[];
  readonly tasks?: readonly NewEntity<Task>[];
  readonly dispatcher?: Partial<DispatcherOptions>;
  /** What a proposal takes. Default 0. */
  readonly commitMs?: number;
  readonly hear?: (heard: Heard) => void;
  readonly committed?: (changes: readonly Change[]) => void;
}

export class DispatcherWorld {
  readonly store = new MemoryStore({ freeze: true });
  readonly heard: Heard[] = [];
  readonly #simulator = new Simulator<WorldEvent>({ dispatch: (event) => this.#dispatch(event) });
  readonly #manager: Manager;
  readonly #acts: (() => void)[] = [];

  constructor(options: DispatcherWorldOptions) {
    const { seed = 1, nodes = ['a'], tasks = [], commitMs = 0, hear, committed } = options;
    const component = dispatcher({
      seed,
      heartbeatJitter: 0,
      send: (node, message) => {
        const heard: Heard = { at: this.nowMs, node, message };
        this.heard.push(heard);
        hear?.(heard);
      },
      ...options.dispatcher,
    });
    this.#manager = new Manager({
      name: 'm1',
      clock: this.#simulator,
      store: this.store,
      proposer: { propose: () => (commitMs === 0 ? 'committed' : this.#propose(millis(commitMs))) },
      observer: {
        committed: (changes) => {
          committed?.(changes);
          return [];
        },
      },
      random: new RandomStreams(seed),
      membership: { isMember: () => false, canRemove: () => true },
      components: [component as unknown as Reactor<never>],
      reactors: [storeWrite as unknown as Reactor<never>],
      answered: () => {},
    });
    const tx = this.store.begin(0);
    for (const id of nodes) tx.nodes.create(nodeOf(id));
    for (const task of tasks) tx.tasks.create(task);
    this.store.commit(tx);
    this.#manager.becomeLeader();
  }

  get nowMs(): number {
    return Math.floor(this.#simulator.now / 1000);
  }

  /** A message from a node's agent. */
  say(from: string, message: ToDispatcher, address?: string): void {
    this.#manager.receive({ from, message, ...(address !== undefined && { address }) });
  }

  write(write: StoreWrite): void {
    this.#manager.spawn(STORE_WRITE, write);
  }

  /** The dispatcher stops, and a new one starts over the same store. */
  changeLeader(): void {
    this.#manager.becomeFollower();
    this.#manager.becomeLeader();
  }

  /** Something that happens after the instant has settled. */
  at(milliseconds: number, act: () => void): this {
    const index = this.#acts.push(act) - 1;
    this.#simulator.schedule(millis(milliseconds), { kind: 'world.act', index }, { priority: Priority.late });
    return this;
  }

  /** Something that happens some time from now, as what follows from what happens now. */
  after(delay: Micros, act: () => void): void {
    const index = this.#acts.push(act) - 1;
    this.#simulator.schedule(this.#simulator.now + delay, { kind: 'world.act', index });
  }

  runUntil(milliseconds: number): this {
    this.#simulator.run({ until: millis(milliseconds) });
    return this;
  }

  /** Returns what brings the world back to where it is now; `heard` goes on growing. */
  checkpoint(): () => void {
    const manager = this.#manager.checkpoint();
    const simulator = this.#simulator.checkpoint();
    const store = this.store.checkpoint();
    return () => {
      this.#manager.restore(manager);
      this.#simulator.restore(simulator);
      this.store.restore(store);
    };
  }

  #dispatch(event: WorldEvent): void {
    switch (event.kind) {
      case 'world.act':
        return this.#acts[event.index]!();
      case 'world.committed':
        return this.#manager.proposalCommitted();
      default:
        return this.#manager.handle(event);
    }
  }

  #propose(duration: Micros): 'pending' {
    const priority = commitPriority(this.#simulator);
    this.#simulator.schedule(this.#simulator.now + duration, { kind: 'world.committed' }, { priority });
    return 'pending';
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

/** A running task on a node. It belongs to no service, so that no orchestrator looks at it. */
export function lonelyTask(nodeId: string, id: string, fields: Partial<Task> = {}): NewEntity<Task> {
  return {
    id,
    serviceId: '',
    slot: 1,
    nodeId,
    spec: { container: { image: 'image' }, forceUpdate: 0 },
    serviceName: '',
    serviceLabels: {},
    status: { state: TaskState.RUNNING, message: 'started', timestamp: 0 },
    desiredState: TaskState.RUNNING,
    ...fields,
  };
}
