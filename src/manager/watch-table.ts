/** Which processes may care about a change, so that a commit does not ask every process there is. */
import type { Change } from '../store/index.ts';
import type { ProcessId, Reactor, Watch } from './reactor.ts';

export class WatchTable {
  readonly #broad: ProcessId[] = [];
  readonly #commits: ProcessId[] = [];
  readonly #byTask = new Map<string, ProcessId[]>();
  readonly #byNode = new Map<string, ProcessId[]>();

  add(id: ProcessId, reactor: Reactor<never>, watch: Watch | undefined): void {
    if (reactor.wantsCommits) this.#commits.push(id);
    if (!watch) {
      if (reactor.wants) this.#broad.push(id);
      return;
    }
    if (watch.taskId !== undefined) append(this.#byTask, watch.taskId, id);
    if (watch.nodeId !== undefined) append(this.#byNode, watch.nodeId, id);
  }

  remove(id: ProcessId, watch: Watch | undefined): void {
    drop(this.#commits, id);
    if (!watch) return drop(this.#broad, id);
    if (watch.taskId !== undefined) detach(this.#byTask, watch.taskId, id);
    if (watch.nodeId !== undefined) detach(this.#byNode, watch.nodeId, id);
  }

  clear(): void {
    this.#broad.length = 0;
    this.#commits.length = 0;
    this.#byTask.clear();
    this.#byNode.clear();
  }

  /** Processes without a watch of their own: their reactors' `wants` says what they care about. */
  get broad(): readonly ProcessId[] {
    return this.#broad;
  }

  /** Processes that watch the very object that has changed. */
  of(change: Change): readonly ProcessId[] {
    const keyed = change.table === 'tasks' ? this.#byTask : change.table === 'nodes' ? this.#byNode : undefined;
    return keyed?.get(change.id) ?? NOBODY;
  }

  get ofCommits(): readonly ProcessId[] {
    return this.#commits;
  }
}

const NOBODY: readonly ProcessId[] = [];

function append(table: Map<string, ProcessId[]>, key: string, id: ProcessId): void {
  const ids = table.get(key);
  if (ids) ids.push(id);
  else table.set(key, [id]);
}

function detach(table: Map<string, ProcessId[]>, key: string, id: ProcessId): void {
  const ids = table.get(key);
  if (!ids) return;
  drop(ids, id);
  if (ids.length === 0) table.delete(key);
}

function drop(ids: ProcessId[], id: ProcessId): void {
  const index = ids.indexOf(id);
  if (index >= 0) ids.splice(index, 1);
}
