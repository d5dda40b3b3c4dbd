import { type Draft, freeze, Immer } from 'immer';
import { assert, type Instant, InvariantError } from '../base/index.ts';
import { byName } from './by.ts';
import type { Change, ChangeOf } from './change.ts';
import type { Owner } from './owner.ts';
import { type Entities, SCHEMA, type TableName } from './schema.ts';
import { StoreError } from './store-error.ts';
import type { TableRoot, TableView } from './table.ts';
import { TableEditor } from './table-editor.ts';

/** An entity before the store has stamped it. */
export type NewEntity<E> = Omit<E, 'version' | 'createdAt' | 'updatedAt'>;

/**
 * Writing one table inside a transaction. Every write stamps the entity with the transaction's version and instant
 * and is one change, whether or not anything differs, as in swarmkit (memory.go, touchMeta).
 * A refused write throws a {@link StoreError} and leaves no trace.
 */
export interface TableWriter<E> extends TableView<E> {
  /** Throws `name-conflict` or `exist`. Returns the entity as stored. */
  create(entity: NewEntity<E>): E;
  /**
   * Changes a draft of the entity as it is now. Throws `name-conflict` or `not-exist`. Arrays in a draft are mutable;
   * to assign read-only data, pass it through immer's `castDraft`.
   */
  update(id: string, recipe: (draft: Draft<E>) => void): E;
  /** Stores a copy of `entity` in place of the one with its id, without a draft. Throws as `update`. */
  put(entity: E): E;
  /** As `put`, but throws `sequence-conflict` if the entity was written since `entity` was read. */
  putIfUnchanged(entity: E): E;
  /** Throws `not-exist`. */
  delete(id: string): void;
}

/** What a transaction and the writers of its tables share. */
export interface WriteContext {
  readonly at: Instant;
  readonly version: number;
  readonly owner: Owner;
  readonly freeze: boolean;
  readonly changes: Change[];
  /** The handle that each change concerned: what undoing one needs beside the change. */
  readonly handles: number[];
  isOpen: boolean;
}

// Immer's switches are global to an instance, and the default instance belongs to the user.
const immer = new Immer({ autoFreeze: true });

export class EntityWriter<T extends TableName> extends TableEditor<Entities[T]> implements TableWriter<Entities[T]> {
  readonly table: T;
  readonly #context: WriteContext;

  constructor(table: T, root: TableRoot<Entities[T]>, context: WriteContext) {
    super(SCHEMA[table], root, context.owner);
    this.table = table;
    this.#context = context;
  }

  create(entity: NewEntity<Entities[T]>): Entities[T] {
    const stamp = this.#stamp();
    const after = stamped(entity, { ...stamp, createdAt: stamp.updatedAt }) as Entities[T];
    // A taken name is reported before a taken id, even where both are the same service's (services.go, CreateService).
    this.#requireFreeName(after, undefined);
    if (this.handleOf(after.id) !== undefined) throw new StoreError('exist');
    const handle = this.insert(this.#frozenIfAsked(after));
    this.#record({ table: this.table, kind: 'create', id: after.id, after }, handle);
    return after;
  }

  update(id: string, recipe: (draft: Draft<Entities[T]>) => void): Entities[T] {
    const stamp = this.#stamp();
    const handle = this.#requireHandle(id);
    const after = immer.produce(this.entityAt(handle), (draft) => {
      recipe(draft);
      Object.assign(draft, stamp);
    });
    assert(after.id === id, `a recipe changed the id of ${id} in ${this.table}`);
    this.#requireFreeName(after, id);
    return this.#replace(handle, after);
  }

  put(entity: Entities[T]): Entities[T] {
    const after = stamped(entity, this.#stamp());
    return this.#replace(this.#requireReplaceable(entity), after);
  }

  putIfUnchanged(entity: Entities[T]): Entities[T] {
    const after = stamped(entity, this.#stamp());
    const handle = this.#requireReplaceable(entity);
    if (this.entityAt(handle).version !== entity.version) throw new StoreError('sequence-conflict');
    return this.#replace(handle, after);
  }

  delete(id: string): void {
    assert(this.#context.isOpen, 'a write after the end of its transaction');
    const handle = this.#requireHandle(id);
    const before = this.entityAt(handle);
    this.remove(handle);
    this.#record({ table: this.table, kind: 'delete', id, before }, handle);
  }

  /** Takes back the latest change of the transaction, which must be this table's. */
  undo(change: ChangeOf<T>, handle: number): void {
    if (change.kind === 'create') this.remove(handle);
    else if (change.kind === 'update') this.replace(handle, change.after, change.before);
    else this.undoRemove(handle, change.before);
  }

  /** Repeats a change that another transaction made, stamps included. */
  replay(change: ChangeOf<T>): void {
    const handle = this.handleOf(change.id);
    if (handle === undefined) {
      if (change.kind !== 'create')
        throw new InvariantError(`${change.kind} of ${change.id}, which is not in ${this.table}`);
      this.insert(this.#frozenIfAsked(change.after));
    } else {
      if (change.kind === 'create')
        throw new InvariantError(`create of ${change.id}, which is in ${this.table} already`);
      if (change.kind === 'delete') this.remove(handle);
      else this.replace(handle, this.entityAt(handle), this.#frozenIfAsked(change.after));
    }
  }

  #replace(handle: number, after: Entities[T]): Entities[T] {
    const before = this.entityAt(handle);
    this.replace(handle, before, this.#frozenIfAsked(after));
    this.#record({ table: this.table, kind: 'update', id: after.id, before, after }, handle);
    return after;
  }

  #requireReplaceable(entity: Entities[T]): number {
    this.#requireFreeName(entity, entity.id);
    return this.#requireHandle(entity.id);
  }

  #requireHandle(id: string): number {
    const handle = this.handleOf(id);
    if (handle === undefined) throw new StoreError('not-exist');
    return handle;
  }

  /** `holder` is the id that may have the name already. */
  #requireFreeName(entity: Entities[T], holder: string | undefined): void {
    if (!this.definition.uniqueNames) return;
    const name = this.definition.nameOf(entity);
    if (name === undefined) return;
    if (this.find(byName(name)).some((other) => other.id !== holder)) throw new StoreError('name-conflict');
  }

  #frozenIfAsked(entity: Entities[T]): Entities[T] {
    return this.#context.freeze ? freeze(entity, true) : entity;
  }

  /** What to stamp a write with. Every write asks for it first, so none can follow the end of the transaction. */
  #stamp(): { version: number; updatedAt: Instant } {
    assert(this.#context.isOpen, 'a write after the end of its transaction');
    return { version: this.#context.version, updatedAt: this.#context.at };
  }

  #record(change: ChangeOf<T>, handle: number): void {
    this.#context.changes.push(change as Change);
    this.#context.handles.push(handle);
  }
}

/**
 * A copy with new stamps. Not by spreading: V8 adds fields to a spread copy fifteen times more slowly than this, and
 * copies of such a copy stay slow.
 */
function stamped<E extends object, S extends object>(entity: E, stamp: S): E & S {
  return Object.assign({}, entity, stamp);
}
