/**
 * A leader with its control plane and {@link simpleAgents}, on a virtual clock. A commit takes no time. As where the
 * vectors were measured there is no task reaper: agents delete what has stopped.
 */
import { DEFAULT_CLUSTER_SPEC, type Node } from '../../src/api/index.ts';
import { type Instant, type Micros, millis } from '../../src/base/index.ts';
import { Manager, type ManagerEvent, type Reactor, rank } from '../../src/manager/index.ts';
import { RandomStreams, Simulator } from '../../src/sim/index.ts';
import { MemoryStore, type NewEntity } from '../../src/store/index.ts';
import { simpleAgents } from './cluster-world-agents.ts';
import { STORE_WRITE, type StoreWrite, storeWrite } from './store-write.ts';

export interface ClusterWorldOptions {
  readonly seed: number;
  readonly nodes: readonly NewEntity<Node>[];
}

export class ClusterWorld {
  readonly store = new MemoryStore({ freeze: true });
  /** How long the tasks of a service run, if not for ever. */
  readonly runTimes = new Map<string, Micros>();
  readonly #simulator = new Simulator<ManagerEvent>({ dispatch: (event) => this.#manager.handle(event) });
  readonly #manager: Manager;

  constructor({ seed, nodes }: ClusterWorldOptions) {
    const agents = simpleAgents((serviceId) => this.runTimes.get(serviceId));
    this.#manager = new Manager({
      name: 'm1',
      clock: this.#simulator,
      store: this.store,
      proposer: { propose: () => 'committed' },
      observer: { committed: () => [] },
      random: new RandomStreams(seed),
      membership: { isMember: () => false, canRemove: () => true },
      components: [agents as unknown as Reactor<never>],
      reactors: [storeWrite, idleTaskReaper] as unknown as readonly Reactor<never>[],
      answered: () => {},
    });
    const tx = this.store.begin(0);
    tx.clusters.create({ id: 'cluster', spec: DEFAULT_CLUSTER_SPEC });
    for (const node of nodes) tx.nodes.create(node);
    this.store.commit(tx);
    this.#manager.becomeLeader();
    // All components are there before anything happens.
    this.pass(0);
  }

  get now(): Instant {
    return this.#simulator.now;
  }

  write(write: StoreWrite): void {
    this.#manager.spawn(STORE_WRITE, write);
  }

  /** As an operator does it: the node's unfinished tasks are given up. */
  removeNode(id: string): void {
    this.#manager.submit({ op: 'removeNode', id, force: true });
  }

  pass(milliseconds: number): void {
    this.#simulator.run({ for: millis(milliseconds) });
  }
}

/** In place of the component of this name. */
const idleTaskReaper: Reactor<undefined> = {
  name: 'task-reaper',
  rank: rank.taskReaper,
  start: () => undefined,
  receive() {},
};
