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
  readonly #writers: { [T in TableName]?: EntityWriter<T> } = {};

  constructor(base: Roots, index: number, { at, version, freeze, onEnd }: TransactionOptions) {
    this.index = index;
    this.#base = base;
    this.#context = { at, version, freeze, owner: newOwner(), changes: [], handles: [], isOpen: true };
    this.#onEnd = onEnd;
  }

  get services(): TableWriter<Service> {
    return this.#writer('services');
  }
  get tasks(): TableWriter<Task> {
    return this.#writer('tasks');
  }
  get nodes(): TableWriter<Node> {
    return this.#writer('nodes');
  }
  get clusters(): TableWriter<Cluster> {
    return this.#writer('clusters');
  }
  get networks(): TableWriter<Network> {
    return this.#writer('networks');
  }
  get secrets(): TableWriter<DataObject> {
    return this.#writer('secrets');
  }
  get configs(): TableWriter<DataObject> {
    return this.#writer('configs');
  }
  get volumes(): TableWriter<Volume> {
    return this.#writer('volumes');
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
    for (const change of changes) (this.#writer(change.table) as AnyWriter).replay(change);
  }

  seal(): SealedTransaction {
    this.#end();
    const tables: Record<string, unknown> = {};
    for (const writer of Object.values(this.#writers)) if (writer.isChanged) tables[writer.table] = writer.root;
    return { base: this.index, version: this.version, changes: this.changes, tables: tables as Partial<Roots> };
  }

  abort(): void {
    this.#end();
  }

  /** Made on first use: most transactions touch one or two tables. */
  #writer<T extends TableName>(table: T): EntityWriter<T> {
    const writers = this.#writers as { [N in T]?: EntityWriter<T> };
    writers[table] ??= new EntityWriter(table, this.#base[table], this.#context);
    return writers[table];
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
      (this.#writer(change.table) as AnyWriter).undo(change, handles.pop() as number);
    }
  }
}

/** A writer of the table that a change is of, which the compiler cannot follow from one to the other. */
interface AnyWriter {
  undo(change: Change, handle: number): void;
  replay(change: Change): void;
}
