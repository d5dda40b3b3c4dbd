/**
 * Whether a swarm has come to rest, and what is still going on where it has not: no task on its way to its desired
 * state, no update or rollback that can still advance, no node about to register, to be missed or to change its role, no
 * election, nothing queued but periodic events. Without a leader, and without the means to elect one, nothing is under way at all.
 */
import { type Service, type Task, TaskState, taskStateName } from '../api/index.ts';
import { compareText, type Instant } from '../base/index.ts';
import { byServiceId, type ReadView } from '../store/index.ts';
import { nameOfTask } from './names.ts';

/** What the machines are up to, beside what the managers know. */
export interface Surroundings {
  readonly hasLeader: boolean;
  /** Without a leader: enough managers are there, and can reach each other, to elect one. */
  readonly canElect: boolean;
  /** A node whose machine is up and can reach a manager. */
  isReachable(node: string): boolean;
}

/** In plain words, each thing that is still under way. Empty: at rest. */
export function underWay(view: ReadView, surroundings: Surroundings): string[] {
  if (!surroundings.hasLeader) return surroundings.canElect ? ['the managers have no leader'] : [];
  return [
    ...view.nodes.all().flatMap(({ id, status, role, spec }) => {
      const isReachable = surroundings.isReachable(id);
      if (isReachable && status.state !== 'ready') return [`node ${id} has not registered yet`];
      if (!isReachable && status.state !== 'down') return [`node ${id} is gone, and the managers have not noticed yet`];
      return role === spec.role ? [] : [`node ${id} is a ${role} and wanted ${spec.role}`];
    }),
    ...view.services.all().flatMap(updateUnderWay),
    ...view.tasks.all().flatMap((task) => taskUnderWay(view, task)),
  ];
}

/**
 * The last task of each service that has ended by itself since an instant, in plain words: at any single moment a crash
 * loop may look well. Jobs are to end.
 */
export function endedSince(view: ReadView, since: Instant): string[] {
  return view.services.all().flatMap(({ id }) => {
    const last = latest(tasksOf(view, id).filter(({ status }) => ENDS.has(status.state) && status.timestamp >= since));
    return last ? [`${nameOfTask(last)} has ended by itself, ${stateOf(last)}${errOf(last)}`] : [];
  });
}

/**
 * What has been new in each service since an instant, where neither it nor any other task says more: the history keeps
 * nothing, or an update begins again whenever it has ended.
 */
export function newsSince(view: ReadView, since: Instant): string[] {
  return view.services.all().flatMap(({ id, spec, updateStatus }) => {
    const young = latest(tasksOf(view, id).filter(({ createdAt }) => createdAt >= since));
    if (young) return [`${nameOfTask(young)} is new`];
    const { completedAt } = updateStatus ?? {};
    return completedAt !== undefined && completedAt >= since ? [`${spec.name} has ended an update only now`] : [];
  });
}

function tasksOf(view: ReadView, serviceId: string): readonly Task[] {
  return view.tasks.find(byServiceId(serviceId)).filter(({ jobIteration }) => jobIteration === undefined);
}

const ENDS: ReadonlySet<TaskState> = new Set([TaskState.COMPLETE, TaskState.FAILED, TaskState.REJECTED]);

function latest(tasks: readonly Task[]): Task | undefined {
  return [...tasks].sort((a, b) => a.status.timestamp - b.status.timestamp || compareText(a.id, b.id)).at(-1);
}

function updateUnderWay({ spec, updateStatus }: Service): string[] {
  if (spec.mode.kind === 'replicated-job' || spec.mode.kind === 'global-job') return [];
  if (updateStatus?.state === 'updating') return [`${spec.name} is being updated`];
  if (updateStatus?.state === 'rollback_started') return [`${spec.name} is being rolled back`];
  return [];
}

function taskUnderWay(view: ReadView, task: Task): string[] {
  const { status, desiredState, nodeId } = task;
  if (nodeId !== '' && status.state >= TaskState.ASSIGNED && view.nodes.get(nodeId)?.status.state !== 'ready')
    return [];
  if (!isOnItsWay(task)) return [];
  const where = nodeId === '' ? '' : ` on ${nodeId}`;
  const wanted = taskStateName(desiredState).toLowerCase();
  return [
    `${nameOfTask(task)} is ${stateOf(task)}${where} and wanted ${wanted}${errOf(task)}${isPassedOver(view, task) ? PASSED_OVER : ''}`,
  ];
}

/**
 * The scheduler tries a task of an older version than its service's once more, and then drops it (swarmkit
 * manager/scheduler/scheduler.go, noSuitableNode): a mere scale strands what was waiting before.
 */
function isPassedOver(view: ReadView, { status, nodeId, serviceId, specVersion }: Task): boolean {
  if (status.state !== TaskState.PENDING || nodeId !== '' || specVersion === undefined) return false;
  return (view.services.get(serviceId)?.specVersion ?? 0) > specVersion;
}

const PASSED_OVER = ' (its service has a newer version: it may never be tried again)';

function stateOf({ status }: Task): string {
  return taskStateName(status.state).toLowerCase();
}

function errOf({ status }: Task): string {
  return status.err ? `: ${status.err}` : '';
}

function isOnItsWay({ status, desiredState }: Task): boolean {
  if (desiredState >= TaskState.REMOVE) return true;
  if (desiredState >= TaskState.SHUTDOWN)
    return status.state >= TaskState.ASSIGNED && status.state <= TaskState.RUNNING;
  return desiredState === TaskState.RUNNING ? status.state !== TaskState.RUNNING : status.state !== TaskState.COMPLETE;
}
