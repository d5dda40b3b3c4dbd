/** What has changed in a swarm since it was looked at last, as one commit. */
import type { Change, ReadView } from '../../../store/index.ts';
import type { Swarm } from '../../../swarm/index.ts';
import type { Commit } from './law.ts';

/** The tables that laws speak of. */
const TABLES = ['nodes', 'services', 'tasks'] as const;
type TableName = (typeof TABLES)[number];
type Stored = ReturnType<ReadView[TableName]['all']>[number];

/**
 * Sees what has come of all commits since the last look. Stored objects are replaced and never changed, so what is the
 * same object is unchanged. A swarm commits once in most instants of work, and is looked at after each of its events.
 */
export class CommitWatch {
  readonly #seen = new Map<TableName, ReadonlyMap<string, Stored>>();
  #index = -1;

  /** Undefined where nothing has changed, and while nobody leads: a follower may not know of the last commits yet. */
  look({ view, now, leader }: Swarm): Commit | undefined {
    if (view.index === this.#index || leader === undefined) return undefined;
    this.#index = view.index;
    const changes = TABLES.flatMap((table) => this.#changesOf(table, view[table].all()));
    return { atMs: now / 1000, changes, view };
  }

  #changesOf(table: TableName, stored: readonly Stored[]): Change[] {
    const before = this.#seen.get(table) ?? new Map<string, Stored>();
    const after = new Map(stored.map((object) => [object.id, object]));
    this.#seen.set(table, after);
    const changes: object[] = [];
    for (const [id, object] of after) {
      const old = before.get(id);
      if (old === undefined) changes.push({ table, kind: 'create', id, after: object });
      else if (old !== object) changes.push({ table, kind: 'update', id, before: old, after: object });
    }
    for (const [id, old] of before) if (!after.has(id)) changes.push({ table, kind: 'delete', id, before: old });
    return changes as Change[];
  }
}
