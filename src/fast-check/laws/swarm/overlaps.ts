/**
 * How many tasks of a slot are wanted: desired at most RUNNING (COMPLETE, for a job), so now or after its delay. A restart
 * and a stop-first step swap one such task for another in one transaction, so that nothing but a start-first step puts a
 * second one into a slot. The overlaps that the reference explains all begin with one: old and new task until the new one
 * runs; and with an interrupted or paused update, or failures, until another run trims the slot (18.11, 18.20, 27a). Each
 * lasts however often its tasks are restarted, and each further run adds at most one task of its own.
 */
import { type Node, type Service, type Task, TaskState, type UpdateConfig } from '../../../api/index.ts';
import { deepEqual } from '../../../base/index.ts';
import { byServiceId, type ReadView } from '../../../store/index.ts';
import { type Commit, slotOf, type TaskChange } from './law.ts';

export class Overlaps {
  readonly #updates = new StartFirst();
  /** By slot: the run that gave it its last surplus task. */
  readonly #given = new Map<string, string>();

  /** What is wrong in the slots of services of which `isJudged`; `mayOverlap` knows of further reasons. */
  breachesIn(
    commit: Commit,
    isJudged: (service: Service) => boolean,
    mayOverlap: (service: Service) => boolean = () => false,
  ): string[] {
    this.#updates.note(commit);
    return touchedSlots(commit, isJudged).flatMap((touched) => {
      // The reaper takes what has ended, wanted or not, and that asks for another run: it may be a silent one.
      if (touched.hasLost) this.#given.delete(touched.slot);
      if (touched.after <= Math.max(1, touched.before)) return [];
      const problem = this.#problemOf(touched, mayOverlap(touched.service));
      const place = touched.slot.split('/')[1];
      return problem ? [`${touched.service.spec.name}.${place} has ${touched.after} wanted tasks, ${problem}`] : [];
    });
  }

  #problemOf({ slot, service, before, after, created }: TouchedSlot, mayOverlap: boolean): string | undefined {
    if (!this.#updates.isStartFirst(service, created) && !mayOverlap) return 'and no update goes start-first';
    if (after > before + 1) return `where it had ${before}`;
    if (created.some(({ desiredState }) => desiredState !== TaskState.READY))
      return 'and the new one was not held back';
    const run = this.#updates.runOf(service, created);
    if (this.#given.get(slot) === run) return 'two of them from one run';
    this.#given.set(slot, run);
    return undefined;
  }
}

interface TouchedSlot {
  readonly slot: string;
  readonly service: Service;
  readonly before: number;
  readonly after: number;
  /** Those that this commit created. */
  readonly created: readonly Task[];
  /** It deleted one that was wanted. */
  readonly hasLost: boolean;
}

function touchedSlots({ changes, view }: Commit, isJudged: (service: Service) => boolean): TouchedSlot[] {
  const touched = new Map<string, { readonly service: Service; readonly changes: TaskChange[] }>();
  for (const change of changes) {
    if (change.table !== 'tasks') continue;
    const task = change.kind === 'delete' ? change.before : change.after;
    const service = view.services.get(task.serviceId);
    if (!service || !isJudged(service)) continue;
    const slot = slotOf(task, service);
    const entry = touched.get(slot) ?? { service, changes: [] };
    entry.changes.push(change);
    touched.set(slot, entry);
  }
  return [...touched].map(([slot, entry]) => {
    const after = wantedIn(view, entry.service, slot);
    const created = entry.changes.flatMap((change) => (change.kind === 'create' ? [change.after] : []));
    const hasLost = entry.changes.some((change) => change.kind === 'delete' && isWanted(change.before));
    return { slot, service: entry.service, after, before: after - gainOf(entry.changes), created, hasLost };
  });
}

function wantedIn(view: ReadView, service: Service, slot: string): number {
  const tasks = view.tasks.find(byServiceId(service.id));
  return tasks.filter((task) => isWanted(task) && slotOf(task, service) === slot).length;
}

function gainOf(changes: readonly TaskChange[]): number {
  let gain = 0;
  for (const change of changes) {
    if (change.kind !== 'delete' && isWanted(change.after)) gain += 1;
    if (change.kind !== 'create' && isWanted(change.before)) gain -= 1;
  }
  return gain;
}

function isWanted({ desiredState, jobIteration }: Task): boolean {
  return desiredState <= (jobIteration === undefined ? TaskState.RUNNING : TaskState.COMPLETE);
}

/**
 * Which services may be in the hands of an updater that goes start-first, and in which of its runs. Every write to a
 * service may end one run and begin another, and so does a new leader.
 */
class StartFirst {
  readonly #services = new Set<string>();
  /** Versions whose update went start-first. */
  readonly #versions = new Set<string>();
  #leaders = 0;

  note({ changes }: Commit): void {
    for (const change of changes) {
      if (change.table === 'nodes' && change.kind === 'update' && isByNewLeader(change.after)) this.#leaders += 1;
      if (change.table !== 'services' || change.kind === 'delete') continue;
      // An updater goes on as it was, with the config of its beginning, where an equal specification comes in between.
      const goesOn = change.kind === 'update' && deepEqual(change.before.spec, change.after.spec);
      if (configOf(change.after)?.order === 'start-first') {
        this.#services.add(change.id);
        this.#versions.add(versionOf(change.id, change.after));
      } else if (!goesOn) this.#services.delete(change.id);
    }
  }

  isStartFirst({ id, specVersion }: Service, created: readonly Task[]): boolean {
    if (this.#services.has(id)) return true;
    return (
      created.length > 0 &&
      created.every((task) => task.specVersion !== specVersion && this.#versions.has(versionOf(id, task)))
    );
  }

  /** Where writes take time, what an updater has under way when it is cancelled comes to the store after its successor's goal. */
  runOf({ id, version, specVersion }: Service, created: readonly Task[]): string {
    const late = created.find((task) => task.specVersion !== specVersion);
    return late ? versionOf(id, late) : `${version}/${this.#leaders}`;
  }
}

function versionOf(serviceId: string, { specVersion = 0 }: Pick<Task | Service, 'specVersion'>): string {
  return `${serviceId}/${specVersion}`;
}

function isByNewLeader({ status }: Node): boolean {
  return status.state === 'unknown';
}

function configOf({ spec, updateStatus }: Service): UpdateConfig | undefined {
  return updateStatus?.state === 'rollback_started' ? spec.rollback : spec.update;
}
