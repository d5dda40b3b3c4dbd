/**
 * Whether a swarm has come to rest, and what is still going on where it has not: no task on its way to its desired
 * state, no update or rollback that can still advance, no node about to register, nothing queued but periodic events.
 */
import { type Service, type Task, TaskState, taskStateName } from '../api/index.ts';
import type { ReadView } from '../store/index.ts';
import type { Machine } from './machine.ts';
import { nameOfTask } from './names.ts';

/** In plain words, each thing that is still under way. Empty: at rest. */
export function underWay(view: ReadView, machines: ReadonlyMap<string, Machine>): string[] {
  return [
    ...view.nodes.all().flatMap(({ id, status }) => {
      const machine = machines.get(id);
      return status.state === 'unknown' && machine?.isUp && machine.isConnected
        ? [`node ${id} has not registered yet`]
        : [];
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
