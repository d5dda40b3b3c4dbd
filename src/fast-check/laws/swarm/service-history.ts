/** What has happened to services, as far as exceptions to the laws depend on it. */
import { type Service, type Task, type TaskSpec, TaskState } from '../../../api/index.ts';
import { deepEqual } from '../../../base/index.ts';
import { type Commit, serviceUpdates } from './law.ts';

export function isPaused({ updateStatus }: Service): boolean {
  return updateStatus?.state === 'paused' || updateStatus?.state === 'rollback_paused';
}

export function isUnderUpdate({ updateStatus }: Service): boolean {
  return updateStatus?.state === 'updating' || updateStatus?.state === 'rollback_started';
}

/**
 * A completed update reconciles once more, and that may begin a run of which the status says nothing (7.8). If it goes
 * start-first and finds no room, it waits for ever with two tasks in the slot.
 */
export function mayWaitSilently({ spec }: Service, slot: readonly Task[]): boolean {
  return spec.update?.order === 'start-first' && slot.some(({ status }) => status.state === TaskState.PENDING);
}

export class ServiceHistory {
  readonly #endings = new Set<string>();
  readonly #silenced = new Set<string>();
  readonly #newest = new Map<string, number>();
  readonly #bereft = new Set<string>();

  note(commit: Commit): [] {
    this.#noteTasks(commit);
    for (const change of commit.changes) {
      if (change.table !== 'services' || change.kind === 'delete') continue;
      const { id, spec, specVersion = 0 } = change.after;
      if (canEndForGood(spec.task)) this.#endings.add(id);
      this.#newest.set(id, Math.max(specVersion, this.newestVersion(id)));
    }
    for (const { before, after } of serviceUpdates(commit)) {
      if (hasPausedRollback(before) && after.updateStatus?.state === 'completed') this.#silenced.add(after.id);
      if (before.spec === after.spec) continue;
      if (!deepEqual(before.spec, after.spec)) this.#silenced.delete(after.id);
      else if (isUnderUpdate(before)) this.#silenced.add(after.id);
    }
    return [];
  }

  /** One of its specifications had a policy by which a task may end without a replacement. */
  mayEndForGood(serviceId: string): boolean {
    return this.#endings.has(serviceId);
  }

  newestVersion(serviceId: string): number {
    return this.#newest.get(serviceId) ?? 0;
  }

  /**
   * Its update was met by an identical specification: it goes on, and says nothing any more (18.13). Or its rollback has
   * failed and been declared complete in one instant (18.18): each asks for another run, the first of which does nothing,
   * and while it has not ended the second is ignored (7.8), so that surplus tasks stay.
   */
  wasSilenced(serviceId: string): boolean {
    return this.#silenced.has(serviceId);
  }

  /**
   * The reaper took the last wanted task of a global service on a node, and nobody noticed: one that had failed while it
   * was held back, with a history limit below what the slot held (task_reaper.go deletes whatever has ended; global.go
   * does not listen to deletions, as replicated.go does).
   */
  isBereft(serviceId: string, nodeId: string): boolean {
    return this.#bereft.has(`${serviceId}/${nodeId}`);
  }

  #noteTasks({ changes, view }: Commit): void {
    for (const change of changes) {
      if (change.table !== 'tasks' || change.kind === 'update') continue;
      const { serviceId, nodeId, desiredState } = change.kind === 'create' ? change.after : change.before;
      const slot = `${serviceId}/${nodeId}`;
      if (change.kind === 'create') this.#bereft.delete(slot);
      else if (desiredState <= TaskState.RUNNING && view.nodes.get(nodeId)) this.#bereft.add(slot);
    }
  }
}

function hasPausedRollback({ updateStatus }: Service): boolean {
  return updateStatus?.state === 'rollback_paused';
}

/** By its restart policy, whatever becomes of it. */
function canEndForGood({ restart }: TaskSpec): boolean {
  return restart !== undefined && (restart.condition !== 'any' || restart.maxAttempts > 0);
}
