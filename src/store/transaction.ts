import type { Cluster, DataObject, Network, Node, Service, Task, Volume } from '../api/index.ts';
import { assert, type Instant } from '../base/index.ts';
import type { Change } from './change.ts';
import { newOwner } from './owner.ts';
import type { ReadView, Roots } from './read-view.ts';
import type { Entities, TableName } from './schema.ts';
import { EntityWriter, type TableWriter, type WriteContext } from './table-writer.ts';

/** How many changes swarmkit gathers in a batch before it commits them and starts anew (memory.go). */
export const MAX_CHANGES_PER_TRANSACTION = 200;

/** What a transaction may weigh in raft's log; a batch is committed when it weighs three quarters of that. */
export const MAX_TRANSACTION_BYTES = 1.5 * 1024 * 1024;

/** The writers of all tables. */
export type Writers = { readonly [T in TableName]: TableWriter<Entities[T]> };

/**
 * A set of writes that become visible together. It reads its own writes; the store shows none of them until the
 * commit. Ends with `store.commit`, `seal` or `abort`. It is a {@link ReadView} too.
 */
export interface Transaction extends Writers, Pick<ReadView, 'index'> {
  /** The version that every entity written here receives. */
  readonly version: number;
  /** When the body ran: the time stamp of every write. */
  readonly at: Instant;
  /** What was done so far, in order. */
  readonly changes: readonly Change[];
  /**
   * One step of a batch: if `body` throws, its changes are undone, the rest stays, and the error is thrown on.
   *
   * swarmkit's Batch.Update keeps what a failing step wrote before it failed; its own callers fail on their first
   * write, so that nobody sees the difference.
   */
  sub<R>(body: (tx: Transaction) => R): R;
  /** Ends the transaction and gives what a commit needs as plain data, which a proposal in flight can carry. */
  seal(): SealedTransaction;
  /** Ends the transaction as if it had never been. */
  abort(): void;
}

/** A finished transaction that waits for its commit: plain data. To drop it, forget it. */
export interface SealedTransaction {
  /** The store's index when the transaction began: nothing else may have been committed since. */
  readonly base: number;
  readonly version: number;
  readonly changes: readonly Change[];
  /** The new roots of the tables that changed. */
  readonly tables: Partial<Roots>;
}

export interface TransactionOptions {
  readonly at: Instant;
  readonly version: number;
  readonly freeze: boolean;
  /** Called once, when the transaction is sealed or aborted. */
  readonly onEnd: () => void;
}

export class StoreTransaction implements Transaction {
  readonly index: number;
  readonly #base: Roots;
  readonly #context: WriteContext;
  readonly #onEnd: () => void;
  /** Made on first use: most transactions touch one or two tables. */
  readonly #writers: { [T in TableName]: EntityWriter<T> | undefined } = {
    services: undefined,
    tasks: undefined,
    nodes: undefined,
    clusters: undefined,
    networks: undefined,
    secrets: undefined,
    configs: undefined,
    volumes: undefined,
  };
  readonly #opened: Pick<EntityWriter<TableName>, 'table' | 'isChanged' | 'root'>[] = [];

  constructor(base: Roots, index: number, { at, version, freeze, onEnd }: TransactionOptions) {
    this.index = index;
    this.#base = base;
    this.#context = { at, version, freeze, owner: newOwner(), changes: [], handles: [], isOpen: true };
    this.#onEnd = onEnd;
  }

  get services(): TableWriter<Service> {
    return this.#writers.services ?? this.#newWriter('services');
  }
  get tasks(): TableWriter<Task> {
    return this.#writers.tasks ?? this.#newWriter('tasks');
  }
  get nodes(): TableWriter<Node> {
    return this.#writers.nodes ?? this.#newWriter('nodes');
  }
  get clusters(): TableWriter<Cluster> {
    return this.#writers.clusters ?? this.#newWriter('clusters');
  }
  get networks(): TableWriter<Network> {
    return this.#writers.networks ?? this.#newWriter('networks');
  }
  get secrets(): TableWriter<DataObject> {
    return this.#writers.secrets ?? this.#newWriter('secrets');
  }
  get configs(): TableWriter<DataObject> {
    return this.#writers.configs ?? this.#newWriter('configs');
  }
  get volumes(): TableWriter<Volume> {
    return this.#writers.volumes ?? this.#newWriter('volumes');
  }

  get version(): number {
    return this.#context.version;
  }

  get at(): Instant {
    return this.#context.at;
  }

  get changes(): readonly Change[] {
    return this.#context.changes;
  }

  sub<R>(body: (tx: Transaction) => R): R {
    const mark = this.changes.length;
    try {
      return body(this);
    } catch (error) {
      this.#undoTo(mark);
      throw error;
    }
  }

  /** Repeats what another transaction did, stamps included. */
  replay(changes: readonly Change[]): void {
    for (const change of changes) this.#writerOf(change).replay(change);
  }

  seal(): SealedTransaction {
    this.#end();
    const tables: Record<string, unknown> = {};
    for (const writer of this.#opened) if (writer.isChanged) tables[writer.table] = writer.root;
    return { base: this.index, version: this.version, changes: this.changes, tables: tables as Partial<Roots> };
  }

  abort(): void {
    this.#end();
  }

  #newWriter<T extends TableName>(table: T): EntityWriter<T> {
    const writer = new EntityWriter(table, this.#base[table], this.#context);
    (this.#writers as { [N in T]: EntityWriter<N> | undefined })[table] = writer;
    this.#opened.push(writer);
    return writer;
  }

  #writerOf({ table }: Change): AnyWriter {
    return this[table] as unknown as AnyWriter;
  }

  #end(): void {
    assert(this.#context.isOpen, 'the transaction has ended already');
    this.#context.isOpen = false;
    this.#onEnd();
  }

  #undoTo(mark: number): void {
    const { changes, handles } = this.#context;
    while (changes.length > mark) {
      const change = changes.pop() as Change;
      this.#writerOf(change).undo(change, handles.pop() as number);
    }
  }
}

/** A writer of the table that a change is of, which the compiler cannot follow from one to the other. */
interface AnyWriter {
  undo(change: Change, handle: number): void;
  replay(change: Change): void;
}
