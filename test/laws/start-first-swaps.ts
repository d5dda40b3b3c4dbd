import { type Task, TaskState } from '../../src/api/index.ts';
import { deepEqual, type Instant } from '../../src/base/index.ts';
import { type Commit, type Law, nameOf, taskUpdates } from '../../src/fast-check/laws/swarm/law.ts';
import { bySlot, type ReadView } from '../../src/store/index.ts';

/**
 * Only while nothing comes between: an update of the service or a new leader begins another run, which stops the old tasks
 * in its own time.
 */
export const startFirstSwaps: Law = {
  sentence: 'start-first: when the new task is observed RUNNING, the old ones are to shut down in the same instant',
  needsInstantWrites: true,
  watch() {
    /** New tasks by id, with the tasks that they are to take over from. */
    const swaps = new Map<string, Swap>();
    const due: Due[] = [];
    const runs = new Runs();
    return {
      committed(commit) {
        const { atMs, changes, view } = commit;
        const overdue = due.filter((one) => one.atMs < atMs).flatMap((one) => breaches(one, view));
        due.splice(0, due.length, ...due.filter((one) => one.atMs === atMs));
        runs.note(commit);
        for (const change of changes) {
          if (change.table === 'nodes' && change.kind === 'update' && change.after.status.state === 'unknown')
            swaps.clear();
          if (change.table === 'tasks' && change.kind === 'create') noteNew(swaps, change.after, commit, runs);
        }
        for (const { id } of runningIn(commit)) {
          const swap = swaps.get(id);
          if (swap && view.services.get(swap.task.serviceId)?.version === swap.serviceVersion) due.push({ atMs, swap });
        }
        return overdue;
      },
    };
  },
};

interface Swap {
  readonly task: Task;
  readonly serviceVersion: number;
  readonly old: readonly string[];
}

interface Due {
  readonly atMs: number;
  readonly swap: Swap;
}

/** When the run that a service's updater is in may have begun at the earliest: with the last write to the service. */
class Runs {
  readonly #began = new Map<string, Instant>();

  note({ changes }: Commit): void {
    for (const change of changes) {
      if (change.table !== 'services' || change.kind === 'delete') continue;
      // An updater goes on as it was, with the slots of its beginning, where an equal specification comes in between (18.13).
      const goesOn =
        change.kind === 'update' &&
        change.before.spec !== change.after.spec &&
        deepEqual(change.before.spec, change.after.spec);
      if (!goesOn) this.#began.set(change.id, change.after.updatedAt);
    }
  }

  beganAt(serviceId: string): Instant {
    return this.#began.get(serviceId) ?? 0;
  }
}

function noteNew(swaps: Map<string, Swap>, task: Task, commit: Commit, runs: Runs): void {
  const service = commit.view.services.get(task.serviceId);
  if (service?.spec.mode.kind !== 'replicated' || task.desiredState !== TaskState.READY) return;
  const isInSlot = (other: Task) => other.serviceId === service.id && other.slot === task.slot;
  // A restart puts one in for another, and an update of some kind stops one for another.
  const isSwapped = taskUpdates(commit).some(
    ({ before, after }) => isInSlot(after) && isWanted(before) && !isWanted(after),
  );
  const wanted = commit.view.tasks
    .find(bySlot(service.id, task.slot))
    .filter((other) => isWanted(other) && other.id !== task.id);
  // One that a restart has put there since the run began is none of the updater's old tasks.
  const isOld = wanted.every(({ createdAt }) => createdAt < runs.beganAt(service.id));
  if (!isOld || isSwapped || wanted.length !== 1) return;
  swaps.set(task.id, { task, serviceVersion: service.version, old: wanted.map(({ id }) => id) });
}

function runningIn(commit: Commit): readonly Task[] {
  return taskUpdates(commit)
    .filter(
      ({ before, after }) => before.status.state !== after.status.state && after.status.state === TaskState.RUNNING,
    )
    .map(({ after }) => after);
}

function breaches({ swap }: Due, view: ReadView): string[] {
  const service = view.services.get(swap.task.serviceId);
  if (service?.version !== swap.serviceVersion) return [];
  return swap.old.flatMap((id) => {
    const old = view.tasks.get(id);
    return old && isWanted(old) ? [`${nameOf(old)} is still wanted beside ${nameOf(swap.task)}, which runs`] : [];
  });
}

function isWanted({ desiredState }: Task): boolean {
  return desiredState <= TaskState.RUNNING;
}
