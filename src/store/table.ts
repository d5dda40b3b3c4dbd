import type { Meta } from '../api/index.ts';
import { InvariantError } from '../base/index.ts';
import { type By, comparableName } from './by.ts';
import { EMPTY_SET, type HandleSet, handleCount, handlesOf } from './handle-set.ts';
import type { TableDefinition } from './schema.ts';
import { mapGet, type StringMap } from './string-map.ts';
import { type Trie, trieForEach, trieGet } from './trie.ts';

/** Reading one table. Every list is in order of creation. */
export interface TableView<E> {
  /** How many entities the table holds. */
  readonly size: number;
  get(id: string): E | undefined;
  /** Throws an `InvariantError` for what this table does not know, such as the nodes of a service. */
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
    return set === undefined ? this.#scan(by) : handlesOf(set).map((handle) => this.entityAt(handle));
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
    if ('prefixOf' in by) return undefined;
    const position = this.definition.indexes.findIndex((index) => index.field === by.field);
    if (position < 0) return undefined;
    return mapGet(this.#root.indexes[position] as StringMap<HandleSet>, by.value) ?? EMPTY_SET;
  }

  #scan(by: By): readonly E[] {
    if ('field' in by) {
      const scan = this.definition.scans.find((candidate) => candidate.field === by.field);
      if (scan === undefined) throw new InvariantError(`invalid find argument type: this table knows no ${by.field}`);
      return this.all().filter((entity) => scan.value(entity) === by.value);
    }
    if (by.prefixOf === 'id') return this.all().filter((entity) => entity.id.startsWith(by.prefix));
    return this.all().filter((entity) => {
      const name = this.definition.nameOf(entity);
      return name !== undefined && comparableName(name).startsWith(by.prefix);
    });
  }
}
