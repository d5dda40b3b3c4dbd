/** What one pass of the scheduler works with, and the one step that all ways of placing a task share. */
import type { Task } from '../../api/index.ts';
import type { Instant } from '../../base/index.ts';
import type { ReadView } from '../../store/index.ts';
import type { Decision } from './decision.ts';
import type { Filter, Surroundings } from './filters/index.ts';
import { bookTask, type NodeInfo } from './node-info.ts';
import { rankOf } from './ranking.ts';
import { ownNode, type SchedulerState } from './state.ts';
import { chooseVolumes, reserveVolumes, type VolumeAttachment, type VolumeSet } from './volumes.ts';

/** Where chance comes from: a stream, or {@link FIXED_ORDER}. */
export interface RandomSource {
  /** A whole number in [0, `bound`). */
  integer(bound: number): number;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
}

/** No chance at all: tasks are taken in order of creation, and the walk over the nodes starts at the lowest id. */
export const FIXED_ORDER: RandomSource = { integer: () => 0, shuffle: (items) => [...items] };

export interface Pass {
  readonly state: SchedulerState;
  readonly filters: readonly Filter[];
  readonly surroundings: Surroundings;
  readonly random: RandomSource;
  readonly at: Instant;
  /** In the order in which they are to be written. */
  readonly decisions: Decision[];
  /** How many tasks have been given a node so far. */
  assigned: number;
}

export function surroundingsOf(view: ReadView, volumes: VolumeSet): Surroundings {
  return { volumes, networkDriver: (id) => view.networks.get(id)?.spec.driver?.name ?? '' };
}

/** Gives a task without a node to this one. Returns the node's info as it is then. */
export function assignTask(pass: Pass, task: Task, nodeId: string): NodeInfo {
  const { volumes } = pass.state;
  const choice = chooseVolumes(volumes, task, nodeId);
  // A task that finds only some of its volumes is placed without any (scheduler.go, scheduleNTasksOnNodes).
  const attachments = 'missing' in choice ? [] : choice.attachments;
  reserveVolumes(volumes, task, nodeId, attachments);
  pass.assigned += 1;
  return place(pass, 'assigned', task, nodeId, attachments);
}

/** The node that a task is bound to can take it. */
export function confirmTask(pass: Pass, task: Task, volumes: readonly VolumeAttachment[]): void {
  // Its volumes are not marked as in use, unlike those of other tasks (scheduler.go, taskFitNode).
  place(pass, 'confirmed', task, task.nodeId, volumes);
}

function place(
  { state, decisions, at }: Pass,
  kind: 'assigned' | 'confirmed',
  task: Task,
  nodeId: string,
  volumes: readonly VolumeAttachment[],
): NodeInfo {
  const info = ownNode(state, nodeId)!;
  const rank = rankOf(info, task, at);
  // A task that somebody else has put on the node meanwhile is booked already.
  const booked = info.tasks.get(task.id) ?? bookTask(info, task);
  decisions.push({
    kind,
    task,
    at,
    nodeId,
    rank,
    volumes,
    genericResources: booked.assignedGenericResources ?? NOTHING,
  });
  return info;
}

const NOTHING: readonly never[] = [];
