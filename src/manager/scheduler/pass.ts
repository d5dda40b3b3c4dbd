/** What one pass of the scheduler works with, and the one step that all ways of placing a task share. */
import { type Task, TaskState, type TaskStatus } from '../../api/index.ts';
import type { Instant } from '../../base/index.ts';
import type { ReadView } from '../../store/index.ts';
import type { Filter, Surroundings } from './filters/index.ts';
import { bookTask, type NodeInfo } from './node-info.ts';
import { ownNode, type SchedulerState } from './state.ts';
import { chooseVolumes, reserveVolumes, type VolumeSet } from './volumes.ts';

/** Where chance comes from: a stream, or {@link FIXED_ORDER}. */
export interface RandomSource {
  /** A whole number in [0, `bound`). */
  integer(bound: number): number;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
}

/** No chance at all: everything is taken in order of creation, and of equal nodes the one with the lowest id. */
export const FIXED_ORDER: RandomSource = { integer: () => 0, shuffle: (items) => [...items] };

/** Something to write on a task, once the store is free. */
export interface Decision {
  /**
   * - `assigned`: a node was chosen. `confirmed`: the node that the task is bound to has room.
   * - `unplaced`: no node, or not the one it is bound to; `after` carries the reason in `status.err`.
   * - `shut-down`: it waits in vain, is of an old version, and nobody wants it any more.
   */
  readonly kind: 'assigned' | 'confirmed' | 'unplaced' | 'shut-down';
  /** The task as the decision found it. */
  readonly before: Task;
  readonly after: Task;
}

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

/** Gives the task to the node and books it there. Returns the node's info as it is then. */
export function assignTask(pass: Pass, task: Task, nodeId: string): NodeInfo {
  const { state, at } = pass;
  const choice = chooseVolumes(state.volumes, task, nodeId);
  // A task that finds only some of its volumes is placed without any (scheduler.go, scheduleNTasksOnNodes).
  const volumes = 'missing' in choice ? [] : choice.attachments;
  const status: TaskStatus = { state: TaskState.ASSIGNED, message: 'scheduler assigned task to node', timestamp: at };
  const placed: Task = volumes.length > 0 ? { ...task, nodeId, status, volumes } : { ...task, nodeId, status };
  reserveVolumes(state.volumes, placed);
  const info = ownNode(state, nodeId)!;
  pass.assigned += 1;
  pass.decisions.push({ kind: 'assigned', before: task, after: bookOnce(info, placed) });
  return info;
}

/** A task that somebody else has put on the node meanwhile is booked already. */
export function bookOnce(info: NodeInfo, task: Task): Task {
  return info.tasks.has(task.id) ? task : bookTask(info, task);
}

/** The task goes on waiting, for this reason. */
export function unplaced(task: Task, err: string, at: Instant): Decision {
  return { kind: 'unplaced', before: task, after: { ...task, status: { ...task.status, err, timestamp: at } } };
}
