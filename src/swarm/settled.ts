/**
 * Whether a swarm has come to rest, and what is still going on where it has not: no task on its way to its desired
 * state, no update or rollback that can still advance, no node about to register, to be missed or to change its role, no
 * election, nothing queued but periodic events. Without a leader, and without the means to elect one, nothing is under way at all.
 */
import { type Service, type Task, TaskState, taskStateName } from '../api/index.ts';
import type { ReadView } from '../store/index.ts';
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
  const why = status.err ? `: ${status.err}` : '';
  const state = taskStateName(status.state).toLowerCase();
  return [`${nameOfTask(task)} is ${state}${where} and wanted ${taskStateName(desiredState).toLowerCase()}${why}`];
}

function isOnItsWay({ status, desiredState }: Task): boolean {
  if (desiredState >= TaskState.REMOVE) return true;
  if (desiredState >= TaskState.SHUTDOWN)
    return status.state >= TaskState.ASSIGNED && status.state <= TaskState.RUNNING;
  return desiredState === TaskState.RUNNING ? status.state !== TaskState.RUNNING : status.state !== TaskState.COMPLETE;
}
