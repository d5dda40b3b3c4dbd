import type { Cluster, DataObject, Network, Node, Service, Task, Volume } from '../api/index.ts';
import { assert, type Instant, InvariantError } from '../base/index.ts';
import type { Change } from './change.ts';
import type { ReadView, Roots } from './read-view.ts';
import { type Entities, SCHEMA, type TableName } from './schema.ts';
import { emptyRoot, Table, type TableView } from './table.ts';
import { type SealedTransaction, StoreTransaction, type Transaction } from './transaction.ts';

export interface StoreOptions {
  /**
   * Freezes every stored entity deeply, so that code which changes one in place fails at once. Costs more than the
   * write itself, hence for tests. Default false: then only what a recipe made is frozen.
   */
  readonly freeze?: boolean;
}

/** The committed state of a store: plain data that shares its structure with every other checkpoint and fork. */
export interface StoreCheckpoint {
  readonly index: number;
  readonly tables: Roots;
}

/**
 * A manager's copy of Swarm's objects (swarmkit manager/state/store/memory.go). Committed tables never change: a
 * commit puts new ones in their place, so `fork` and `checkpoint` cost the same however much the store holds, and a
 * table or list that was read stays as it was.
 *
 * @example
 * const store = new MemoryStore();
 * const tx = store.begin(seconds(1));
 * tx.tasks.update('task-1', (task) => { task.desiredState = TaskState.SHUTDOWN; });
 * const changes = store.commit(tx);
 */
export class MemoryStore implements ReadView {
  readonly #freeze: boolean;
  #committed = EMPTY;
  #views = viewsOf(EMPTY.tables);
  #open: StoreTransaction | undefined;
  readonly #release = () => {
    this.#open = undefined;
  };

  constructor(options: StoreOptions = {}) {
    this.#freeze = options.freeze ?? false;
  }

  /** The version of the last commit that changed anything; 0 before the first. */
  get index(): number {
    return this.#committed.index;
  }
  get services(): TableView<Service> {
    return this.#views.services;
  }
  get tasks(): TableView<Task> {
    return this.#views.tasks;
  }
  get nodes(): TableView<Node> {
    return this.#views.nodes;
  }
  get clusters(): TableView<Cluster> {
    return this.#views.clusters;
  }
  get networks(): TableView<Network> {
    return this.#views.networks;
  }
  get secrets(): TableView<DataObject> {
    return this.#views.secrets;
  }
  get configs(): TableView<DataObject> {
    return this.#views.configs;
  }
  get volumes(): TableView<Volume> {
    return this.#views.volumes;
  }

  /**
   * Begins a transaction whose writes are stamped with `at`. Only one may be open at a time.
   *
   * Swarm stamps what it writes with the raft commit index at the beginning of the transaction (memory.go, update);
   * a raft driver gives that as `version`. The default is the index of the last commit plus one.
   */
  begin(at: Instant, options: { readonly version?: number } = {}): Transaction {
    assert(this.#open === undefined, 'another transaction is open');
    const version = options.version ?? this.index + 1;
    if (!(version > this.index))
      throw new InvariantError(`version ${version} is not above the last one, ${this.index}`);
    this.#open = this.#transaction(at, version);
    return this.#open;
  }

  /**
   * Makes a transaction's writes visible and returns them in order; what swarmkit publishes as events before its one
   * commit event. A transaction that wrote nothing leaves the index alone.
   */
  commit(tx: Transaction | SealedTransaction): readonly Change[] {
    if ('seal' in tx) assert(tx === this.#open, 'the transaction is not of this store');
    const sealed = 'seal' in tx ? tx.seal() : tx;
    assert(sealed.base === this.index, 'something was committed since the transaction began');
    if (sealed.changes.length > 0) this.#install(sealed.version, sealed.tables);
    return sealed.changes;
  }

  /**
   * Applies a change list that another manager committed, as a follower does. `index` is the version that the
   * leader's commit got, or the raft index of the entry; it must grow from commit to commit.
   */
  apply(changes: readonly Change[], index: number): void {
    assert(this.#open === undefined, 'another transaction is open');
    if (!(index > this.index)) throw new InvariantError(`index ${index} is not above the last one, ${this.index}`);
    const tx = this.#transaction(NO_INSTANT, index);
    tx.replay(changes);
    this.#install(index, tx.seal().tables);
  }

  /** A second store with the same contents. Neither sees what the other commits from now on. */
  fork(): MemoryStore {
    const fork = new MemoryStore({ freeze: this.#freeze });
    fork.restore(this.#committed);
    return fork;
  }

  /** What is committed now. An open transaction is no part of it: seal it, and keep that beside the checkpoint. */
  checkpoint(): StoreCheckpoint {
    return this.#committed;
  }

  /** Goes back, or over, to a checkpoint of any store. */
  restore(checkpoint: StoreCheckpoint): void {
    assert(this.#open === undefined, 'another transaction is open');
    this.#committed = checkpoint;
    this.#views = viewsOf(checkpoint.tables);
  }

  #transaction(at: Instant, version: number): StoreTransaction {
    const options = { at, version, freeze: this.#freeze, onEnd: this.#release };
    return new StoreTransaction(this.#committed.tables, this.index, options);
  }

  #install(index: number, changed: Partial<Roots>): void {
    assert(this.#open === undefined, 'another transaction is open');
    const tables: Roots = Object.assign({}, this.#committed.tables, changed);
    this.#committed = { index, tables };
    for (const name of Object.keys(changed) as TableName[]) renewView(this.#views, tables, name);
  }
}

type Tables = { [T in TableName]: Table<Entities[T]> };

function viewsOf(roots: Roots): Tables {
  return {
    services: viewOf(roots, 'services'),
    tasks: viewOf(roots, 'tasks'),
    nodes: viewOf(roots, 'nodes'),
    clusters: viewOf(roots, 'clusters'),
    networks: viewOf(roots, 'networks'),
    secrets: viewOf(roots, 'secrets'),
    configs: viewOf(roots, 'configs'),
    volumes: viewOf(roots, 'volumes'),
  };
}

function viewOf<T extends TableName>(roots: Roots, name: T): Table<Entities[T]> {
  return new Table<Entities[T]>(SCHEMA[name], roots[name]);
}

/** A table that was taken before the commit stays as it was. */
function renewView<T extends TableName>(views: { [N in T]: Table<Entities[N]> }, roots: Roots, name: T): void {
  views[name] = viewOf(roots, name);
}

const EMPTY: StoreCheckpoint = {
  index: 0,
  tables: {
    services: emptyRoot(SCHEMA.services),
    tasks: emptyRoot(SCHEMA.tasks),
    nodes: emptyRoot(SCHEMA.nodes),
    clusters: emptyRoot(SCHEMA.clusters),
    networks: emptyRoot(SCHEMA.networks),
    secrets: emptyRoot(SCHEMA.secrets),
    configs: emptyRoot(SCHEMA.configs),
    volumes: emptyRoot(SCHEMA.volumes),
  },
};

/** A replay stamps nothing: the entities carry the leader's times. */
const NO_INSTANT: Instant = 0;
