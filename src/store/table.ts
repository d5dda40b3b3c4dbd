import type { Meta } from '../api/index.ts';
import { InvariantError } from '../base/index.ts';
import { type By, nameKey } from './by.ts';
import { EMPTY_SET, type HandleSet, handleCount, handlesOf } from './handle-set.ts';
import type { TableDefinition } from './schema.ts';
import { mapGet, type StringMap } from './string-map.ts';
import { type Trie, trieForEach, trieGet } from './trie.ts';

/** Reading one table. Every list is in order of creation. */
export interface TableView<E> {
  /** How many entities the table holds. */
  readonly size: number;
  get(id: string): E | undefined;
  /** Throws an `InvariantError` for an index that the table does not keep. */
  find(by: By): readonly E[];
  /** How many entities `find` would return; through an index this does not depend on their number. */
  count(by: By): number;
  all(): readonly E[];
}

/**
 * A table as plain data. An entity's handle is its creation number: it grows for ever and is never used again, which
 * makes ascending handles the order of creation. Tries prune what is empty, so dead handles take no room.
 */
export interface TableRoot<E> {
  readonly nextHandle: number;
  readonly size: number;
  readonly entities: Trie<E>;
  readonly handles: StringMap<number>;
  /** One for each index of the table's definition, in that order. */
  readonly indexes: readonly StringMap<HandleSet>[];
}

export function emptyRoot<E>(definition: TableDefinition<E>): TableRoot<E> {
  return { nextHandle: 0, size: 0, entities: null, handles: null, indexes: definition.indexes.map(() => null) };
}

/** Reads a root. Committed roots never change, so a table that was taken from a store stays as it was then. */
export class Table<E extends Meta> implements TableView<E> {
  protected readonly definition: TableDefinition<E>;
  #root: TableRoot<E>;

  constructor(definition: TableDefinition<E>, root: TableRoot<E>) {
    this.definition = definition;
    this.#root = root;
  }

  get root(): TableRoot<E> {
    return this.#root;
  }

  get size(): number {
    return this.#root.size;
  }

  get(id: string): E | undefined {
    const handle = this.handleOf(id);
    return handle === undefined ? undefined : this.entityAt(handle);
  }

  all(): readonly E[] {
    const entities: E[] = [];
    trieForEach(this.#root.entities, (entity) => entities.push(entity));
    return entities;
  }

  find(by: By): readonly E[] {
    const set = this.#lookUp(by);
    if (set === undefined) return this.#scan(by);
    return handlesOf(set).map((handle) => this.entityAt(handle));
  }

  count(by: By): number {
    const set = this.#lookUp(by);
    return set === undefined ? this.#scan(by).length : handleCount(set);
  }

  protected handleOf(id: string): number | undefined {
    return mapGet(this.#root.handles, id);
  }

  protected entityAt(handle: number): E {
    return trieGet(this.#root.entities, handle) as E;
  }

  protected replaceRoot(root: TableRoot<E>): void {
    this.#root = root;
  }

  /** The handles that an index gives; `undefined` where there is none to ask. */
  #lookUp(by: By): HandleSet | undefined {
    if (!('index' in by)) return undefined;
    const position = this.definition.indexes.findIndex((index) => index.name === by.index);
    if (position >= 0) return mapGet(this.#root.indexes[position] as StringMap<HandleSet>, by.key) ?? EMPTY_SET;
    if (by.index === 'name') return undefined;
    throw new InvariantError(`invalid find argument type: this table has no index "${by.index}"`);
  }

  #scan(by: By): readonly E[] {
    return this.all().filter((entity) => this.#matches(entity, by));
  }

  #matches(entity: E, by: By): boolean {
    if ('prefixOf' in by && by.prefixOf === 'id') return entity.id.startsWith(by.prefix);
    const name = this.definition.nameOf(entity);
    if (name === undefined) return false;
    return 'index' in by ? nameKey(name) === by.key : nameKey(name).startsWith(by.prefix);
  }
}
