/**
 * What an update is in the middle of: told from commits, so that a test over random scenarios can say what it has met. A
 * kind counts only where it is met half way.
 */
import { type Service, type Task, TaskState, type UpdateConfig } from '../../src/api/index.ts';
import { deepEqual } from '../../src/base/index.ts';
import { type Commit, serviceUpdates } from '../../src/fast-check/laws/swarm/law.ts';
import { isPaused, isUnderUpdate } from '../../src/fast-check/laws/swarm/service-history.ts';
import { isTaskDirty } from '../../src/manager/index.ts';
import { byServiceId, type ReadView } from '../../src/store/index.ts';

/** What comes between while an update is under way; remembered until that is over. */
type Meeting = 'an overlapping update' | 'an update during a rollback' | 'a scale' | 'a new leader';

type Test = (service: Service, tasks: readonly Task[], view: ReadView) => boolean;

const TESTS = {
  'start-first': (service) => isUnderUpdate(service) && configOf(service)?.order === 'start-first',
  'stop-first': (service) => isUnderUpdate(service) && configOf(service)?.order !== 'start-first',
  'a delay': (service, tasks, view) =>
    isUnderUpdate(service) && (configOf(service)?.delay ?? 0) > 0 && isHalfWay(service, tasks, view),
  'the watch of the monitor period': (service, tasks, view) =>
    isUnderUpdate(service) && wanted(tasks).every((task) => isRunning(task) && !isDirty(service, task, view)),
  'a pause': isPaused,
  'an automatic rollback': ({ updateStatus }) =>
    updateStatus?.state === 'rollback_started' && updateStatus.message.startsWith('update rolled back'),
  'a manual rollback': ({ updateStatus }) =>
    updateStatus?.state === 'rollback_started' && updateStatus.message.startsWith('manually'),
  'a replicated job anew': (service, tasks) => isJobAnew(service, tasks, 'replicated-job'),
  'a global job anew': (service, tasks) => isJobAnew(service, tasks, 'global-job'),
  'a global service': (service) => isUnderUpdate(service) && service.spec.mode.kind === 'global',
  'host ports': (service) =>
    isUnderUpdate(service) && (service.spec.endpoint?.ports ?? []).some(({ publishMode }) => publishMode === 'host'),
} satisfies Record<string, Test>;

export type UpdateKind = keyof typeof TESTS | Meeting;

const MEETINGS: readonly Meeting[] = [
  'an overlapping update',
  'an update during a rollback',
  'a scale',
  'a new leader',
];

export const UPDATE_KINDS: readonly UpdateKind[] = [...(Object.keys(TESTS) as (keyof typeof TESTS)[]), ...MEETINGS];

export class UpdateWatch {
  /** By service. */
  readonly #meetings = new Map<string, Set<Meeting>>();

  /** What some service is in the middle of after the commit. */
  kindsAfter(commit: Commit): ReadonlySet<UpdateKind> {
    this.#note(commit);
    const { view } = commit;
    const kinds = new Set<UpdateKind>();
    for (const service of view.services.all()) {
      const tasks = view.tasks.find(byServiceId(service.id));
      for (const [kind, test] of Object.entries(TESTS) as [keyof typeof TESTS, Test][])
        if (test(service, tasks, view)) kinds.add(kind);
      if (isUnderUpdate(service)) for (const meeting of this.#meetings.get(service.id) ?? []) kinds.add(meeting);
    }
    return kinds;
  }

  #note(commit: Commit): void {
    for (const { before, after } of serviceUpdates(commit)) {
      // A specification clears the status of the update that it meets, and another one begins.
      if (before.spec === after.spec || deepEqual(before.spec, after.spec)) {
        if (!isUnderUpdate(after) && after.updateStatus) this.#meetings.delete(after.id);
      } else if (isUnderUpdate(before)) {
        for (const meeting of meetingsIn(before, after)) this.#remember(after.id, meeting);
      } else this.#meetings.delete(after.id);
    }
    if (!isByNewLeader(commit)) return;
    for (const service of commit.view.services.all())
      if (isUnderUpdate(service)) this.#remember(service.id, 'a new leader');
  }

  #remember(serviceId: string, meeting: Meeting): void {
    this.#meetings.set(serviceId, (this.#meetings.get(serviceId) ?? new Set()).add(meeting));
  }
}

function meetingsIn(before: Service, after: Service): Meeting[] {
  // The rollback that an updater or a user begins is what the update has come to, not what has come between.
  if (after.updateStatus?.state === 'rollback_started') return [];
  const meetings: Meeting[] = [];
  if (!deepEqual(before.spec.task, after.spec.task))
    meetings.push(
      before.updateStatus?.state === 'rollback_started' ? 'an update during a rollback' : 'an overlapping update',
    );
  if (!deepEqual(before.spec.mode, after.spec.mode)) meetings.push('a scale');
  return meetings;
}

/** A new leader begins by knowing nothing of the nodes. */
function isByNewLeader({ changes }: Commit): boolean {
  return changes.some(
    (change) => change.table === 'nodes' && change.kind === 'update' && change.after.status.state === 'unknown',
  );
}

function configOf({ spec, updateStatus }: Service): UpdateConfig | undefined {
  return updateStatus?.state === 'rollback_started' ? spec.rollback : spec.update;
}

/** Something is left to do, and nothing of what was begun is on its way. */
function isHalfWay(service: Service, tasks: readonly Task[], view: ReadView): boolean {
  const dirty = wanted(tasks).filter((task) => isDirty(service, task, view));
  const clean = wanted(tasks).filter((task) => !dirty.includes(task));
  return dirty.length > 0 && clean.length > 0 && clean.every(isRunning);
}

function isDirty(service: Service, task: Task, view: ReadView): boolean {
  return isTaskDirty(service, task, view.nodes.get(task.nodeId));
}

function wanted(tasks: readonly Task[]): readonly Task[] {
  return tasks.filter(({ desiredState }) => desiredState <= TaskState.RUNNING);
}

function isRunning({ status }: Task): boolean {
  return status.state === TaskState.RUNNING;
}

function isJobAnew(
  { spec, jobStatus }: Service,
  tasks: readonly Task[],
  kind: Service['spec']['mode']['kind'],
): boolean {
  const iteration = jobStatus?.jobIteration ?? 0;
  return (
    spec.mode.kind === kind &&
    iteration > 0 &&
    tasks.some((task) => task.jobIteration === iteration && task.status.state <= TaskState.RUNNING)
  );
}
