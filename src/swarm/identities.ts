/**
 * Which task of its slot, and of its service, a task is, counted from 1 among those with its image: what an image's
 * behaviour may depend on. Counted as tasks are created, since history is pruned.
 */
import type { Task } from '../api/index.ts';
import type { Change } from '../store/index.ts';

export interface Identity {
  readonly attempt: number;
  readonly nth: number;
}

export interface IdentitiesState {
  readonly tasks: ReadonlyMap<string, Identity>;
  readonly counters: ReadonlyMap<string, number>;
}

export class Identities {
  #tasks = new Map<string, Identity>();
  #counters = new Map<string, number>();
  /** Both maps are part of a checkpoint: copied before the next change. */
  #isShared = false;

  of(taskId: string): Identity {
    return this.#tasks.get(taskId) ?? { attempt: 1, nth: 1 };
  }

  note(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.table !== 'tasks' || change.kind === 'update') continue;
      this.#own();
      if (change.kind === 'create') this.#created(change.after);
      else this.#tasks.delete(change.id);
    }
  }

  checkpoint(): IdentitiesState {
    this.#isShared = true;
    return { tasks: this.#tasks, counters: this.#counters };
  }

  restore({ tasks, counters }: IdentitiesState): void {
    this.#tasks = new Map(tasks);
    this.#counters = new Map(counters);
  }

  #created(task: Task): void {
    const series = `${task.serviceId} ${task.spec.container.image} ${task.spec.forceUpdate}`;
    const place = task.slot === 0 && task.nodeId !== '' ? task.nodeId : String(task.slot);
    this.#tasks.set(task.id, {
      nth: this.#count(series),
      attempt: this.#count(`${series} ${place} ${task.jobIteration ?? ''}`),
    });
  }

  #count(key: string): number {
    const next = (this.#counters.get(key) ?? 0) + 1;
    this.#counters.set(key, next);
    return next;
  }

  #own(): void {
    if (!this.#isShared) return;
    this.#isShared = false;
    this.#tasks = new Map(this.#tasks);
    this.#counters = new Map(this.#counters);
  }
}
