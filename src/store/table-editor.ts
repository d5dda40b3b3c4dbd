import type { Meta } from '../api/index.ts';
import { assert } from '../base/index.ts';
import { type HandleSet, handleCount, withHandle, withoutHandle } from './handle-set.ts';
import type { Owner } from './owner.ts';
import type { IndexDefinition, TableDefinition } from './schema.ts';
import { mapDelete, mapGet, mapSet, type StringMap } from './string-map.ts';
import { Table, type TableRoot } from './table.ts';
import { KEY_LIMIT, trieDelete, trieSet } from './trie.ts';

/**
 * A branch of a table: it sees its own writes, and the root that it began with never changes. It keeps entities,
 * handles and indexes in step and knows nothing of versions, names or changes.
 */
export class TableEditor<E extends Meta> extends Table<E> {
  readonly #owner: Owner;
  readonly #base: TableRoot<E>;

  constructor(definition: TableDefinition<E>, root: TableRoot<E>, owner: Owner) {
    super(definition, root);
    this.#owner = owner;
    this.#base = root;
  }

  get isChanged(): boolean {
    return this.root !== this.#base;
  }

  /** Adds an entity whose id is not taken, after all others, and returns its handle. */
  protected insert(entity: E): number {
    const handle = this.root.nextHandle;
    assert(handle < KEY_LIMIT, 'a table has run out of handles');
    this.#put(handle, undefined, entity, handle + 1);
    return handle;
  }

  /** Replaces `before`, which is stored under the handle, by an entity of the same id. */
  protected replace(handle: number, before: E, after: E): void {
    this.#put(handle, before, after, this.root.nextHandle);
  }

  protected remove(handle: number): void {
    const { root } = this;
    const before = this.entityAt(handle);
    this.replaceRoot({
      nextHandle: root.nextHandle,
      size: root.size - 1,
      entities: trieDelete(root.entities, handle, this.#owner),
      handles: mapDelete(root.handles, before.id, this.#owner),
      indexes: this.#reindexed(handle, before, undefined),
    });
  }

  /** Takes a `remove` back: the entity returns to its old place in the order. */
  protected undoRemove(handle: number, entity: E): void {
    this.#put(handle, undefined, entity, this.root.nextHandle);
  }

  #put(handle: number, before: E | undefined, after: E, nextHandle: number): void {
    const { root } = this;
    this.replaceRoot({
      nextHandle,
      size: before === undefined ? root.size + 1 : root.size,
      entities: trieSet(root.entities, handle, after, this.#owner),
      handles: before === undefined ? mapSet(root.handles, after.id, handle, this.#owner) : root.handles,
      indexes: this.#reindexed(handle, before, after),
    });
  }

  /** The indexes after an entity appeared, changed or went; the same array if none is concerned. */
  #reindexed(handle: number, before: E | undefined, after: E | undefined): readonly StringMap<HandleSet>[] {
    const { indexes } = this.root;
    let result = indexes;
    this.definition.indexes.forEach((definition, position) => {
      if (before !== undefined && after !== undefined && !definition.changed(before, after)) return;
      if (result === indexes) result = indexes.slice();
      (result as StringMap<HandleSet>[])[position] = this.#moved(
        indexes[position] ?? null,
        definition,
        handle,
        before,
        after,
      );
    });
    return result;
  }

  #moved(
    index: StringMap<HandleSet>,
    definition: IndexDefinition<E>,
    handle: number,
    before: E | undefined,
    after: E | undefined,
  ): StringMap<HandleSet> {
    let result = index;
    const from = before === undefined ? undefined : definition.value(before);
    if (from !== undefined) {
      const left = withoutHandle(mapGet(result, from) as HandleSet, handle, this.#owner);
      result = handleCount(left) === 0 ? mapDelete(result, from, this.#owner) : mapSet(result, from, left, this.#owner);
    }
    const to = after === undefined ? undefined : definition.value(after);
    if (to !== undefined) {
      result = mapSet(result, to, withHandle(mapGet(result, to) ?? [], handle, this.#owner), this.#owner);
    }
    return result;
  }
}
