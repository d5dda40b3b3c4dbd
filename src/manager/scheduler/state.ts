/**
 * The scheduler's picture of the cluster, private to it: built from the store when a manager becomes leader, kept up
 * to date by `absorb.ts`, and lost with the leadership (swarmkit manager/scheduler/scheduler.go, setupTasksList).
 */
import { type Task, TaskState } from '../../api/index.ts';
import type { Instant } from '../../base/index.ts';
import type { ReadView } from '../../store/index.ts';
import { bookTask, copyNodeInfo, createNodeInfo, type NodeInfo } from './node-info.ts';
import { addVolume, copyVolumeSet, reserveVolumes, type VolumeSet } from './volumes.ts';

/**
 * Plain data, but changed in place. To copy it, use {@link forkScheduler}.
 */
export interface SchedulerState {
  /** Node infos that carry this token belong to this state alone. */
  owner: object;
  /** The collections are shared with a fork: copied before the first change. */
  isShared: boolean;
  /** By node id. */
  nodes: Map<string, NodeInfo>;
  /** Tasks that wait for a node, by id, in the order in which they came. */
  unassigned: Map<string, Task>;
  /** Tasks that wait for room on the node they are bound to. */
  waitingPreassigned: Map<string, Task>;
  /** Every task that was bound to its node before it was scheduled: its failures are not held against the node. */
  preassigned: Set<string>;
  /** Tasks that were unwanted already when this scheduler started, and were not written since. */
  ignored: Set<string>;
  volumes: VolumeSet;
  /** Something has happened that may let a waiting task without a node find one. */
  isPassRequired: boolean;
}

/** The scheduler of a new leader. Its first pass is due at once, without waiting for a commit. */
export function createScheduler(view: ReadView, at: Instant): SchedulerState {
  const state: SchedulerState = {
    owner: {},
    isShared: false,
    nodes: new Map(),
    unassigned: new Map(),
    waitingPreassigned: new Map(),
    preassigned: new Set(),
    ignored: new Set(),
    volumes: new Map(),
    isPassRequired: true,
  };
  for (const volume of view.volumes.all()) addVolume(state.volumes, volume);
  for (const node of view.nodes.all()) state.nodes.set(node.id, createNodeInfo(node, at, state.owner));
  for (const task of view.tasks.all()) {
    if (!isScheduled(task)) continue;
    if (task.status.state === TaskState.PENDING && task.desiredState > TaskState.COMPLETE) state.ignored.add(task.id);
    else if (task.nodeId === '') state.unassigned.set(task.id, task);
    else if (task.status.state === TaskState.PENDING) addPreassigned(state, task);
    else {
      reserveVolumes(state.volumes, task, task.nodeId, task.volumes ?? []);
      const info = state.nodes.get(task.nodeId);
      if (info) bookTask(info, task);
    }
  }
  return state;
}

/** A second scheduler with the same picture, in constant time: each copies what it changes from now on. */
export function forkScheduler(state: SchedulerState): SchedulerState {
  state.isShared = true;
  return { ...state };
}

/** To be called before anything in the state is changed. */
export function ownState(state: SchedulerState): void {
  if (!state.isShared) return;
  state.isShared = false;
  state.owner = {};
  state.nodes = new Map(state.nodes);
  state.unassigned = new Map(state.unassigned);
  state.waitingPreassigned = new Map(state.waitingPreassigned);
  state.preassigned = new Set(state.preassigned);
  state.ignored = new Set(state.ignored);
  state.volumes = copyVolumeSet(state.volumes);
}

/** The info of a node, ready to be changed; undefined for a node that is not known. */
export function ownNode(state: SchedulerState, nodeId: string): NodeInfo | undefined {
  const info = state.nodes.get(nodeId);
  if (!info || info.owner === state.owner) return info;
  const copy = copyNodeInfo(info, state.owner);
  state.nodes.set(nodeId, copy);
  return copy;
}

/** Tasks are the scheduler's business from PENDING up to RUNNING. */
export function isScheduled({ status }: Task): boolean {
  return status.state >= TaskState.PENDING && status.state <= TaskState.RUNNING;
}

export function addPreassigned(state: SchedulerState, task: Task): void {
  state.preassigned.add(task.id);
  state.waitingPreassigned.set(task.id, task);
}
