/**
 * What the scheduler knows of one node: the node itself, the tasks booked on it, and what is left for more
 * (swarmkit manager/scheduler/nodeinfo.go). Infos are changed in place by the branch that owns them; see `state.ts`.
 */
import {
  type GenericResource,
  type Node,
  type PortConfig,
  type Task,
  type TaskSpec,
  TaskState,
} from '../../api/index.ts';
import type { Instant } from '../../base/index.ts';
import { emptyFailureRecord, type FailureRecord } from './failures.ts';
import { claim, consume, reclaim } from './generic-resources.ts';

export interface NodeInfo {
  /** The token of the branch that may change this info. */
  readonly owner: object;
  /** Spreads ties over the nodes; see `ranking.ts`. */
  readonly tieSeed: number;
  node: Node;
  /** Booked tasks, as they were when they were booked or when their desired state last passed COMPLETE. */
  tasks: Map<string, Task>;
  /** Tasks whose desired state is at most COMPLETE. */
  activeTasks: number;
  /** The same by service; a service without any is absent. */
  activeByService: Map<string, number>;
  /** What is left, which may be negative when the node has shrunk. */
  nanoCpus: number;
  memoryBytes: number;
  generic: readonly GenericResource[];
  /** `tcp/80`. */
  hostPorts: Set<string>;
  failures: FailureRecord;
}

/** A node without tasks. */
export function createNodeInfo(node: Node, at: Instant, owner: object): NodeInfo {
  const resources = node.description?.resources;
  return {
    owner,
    tieSeed: hashText(node.id),
    node,
    tasks: new Map(),
    activeTasks: 0,
    activeByService: new Map(),
    nanoCpus: resources?.nanoCpus ?? 0,
    memoryBytes: resources?.memoryBytes ?? 0,
    generic: resources?.generic ?? [],
    hostPorts: new Set(),
    failures: emptyFailureRecord(at),
  };
}

export function copyNodeInfo(info: NodeInfo, owner: object): NodeInfo {
  return {
    ...info,
    owner,
    tasks: new Map(info.tasks),
    activeByService: new Map(info.activeByService),
    hostPorts: new Set(info.hostPorts),
  };
}

/** The node has changed: what it has is what it reports now less what is booked. Without a report it has nothing. */
export function replaceNode(info: NodeInfo, node: Node): void {
  const reported = node.description?.resources;
  info.node = node;
  info.nanoCpus = reported?.nanoCpus ?? 0;
  info.memoryBytes = reported?.memoryBytes ?? 0;
  info.generic = reported?.generic ?? [];
  if (!reported) return;
  for (const task of info.tasks.values()) {
    const { nanoCpus, memoryBytes } = reservationsOf(task.spec);
    info.nanoCpus -= nanoCpus;
    info.memoryBytes -= memoryBytes;
    info.generic = consume(info.generic, task.assignedGenericResources ?? []);
  }
}

/**
 * Books a task that is new to the node. Returns it with the generic resources that it got, whatever was recorded on it
 * before: a new scheduler deals them out afresh.
 */
export function bookTask(info: NodeInfo, task: Task): Task {
  const { nanoCpus, memoryBytes, generic } = reservationsOf(task.spec);
  const taken = generic ? claim(info.generic, generic) : [];
  const isRecorded = (task.assignedGenericResources?.length ?? 0) === 0 && taken.length === 0;
  const booked = isRecorded ? task : { ...task, assignedGenericResources: taken };
  info.tasks.set(task.id, booked);
  info.nanoCpus -= nanoCpus;
  info.memoryBytes -= memoryBytes;
  info.generic = consume(info.generic, taken);
  for (const port of hostPortsOf(task)) info.hostPorts.add(port);
  if (isActive(task)) countActive(info, task.serviceId, 1);
  return booked;
}

/** A booked task was written: it is counted anew if its desired state has passed COMPLETE, in either direction. */
export function recountTask(info: NodeInfo, task: Task): void {
  info.tasks.set(task.id, task);
  countActive(info, task.serviceId, isActive(task) ? 1 : -1);
}

/** Whether {@link recountTask} is due. */
export function needsRecount(booked: Task, task: Task): boolean {
  return isActive(booked) !== isActive(task);
}

/** Takes a booked task off the node; `task` says what it gives back. */
export function unbookTask(info: NodeInfo, task: Task): void {
  const booked = info.tasks.get(task.id);
  if (!booked) return;
  info.tasks.delete(task.id);
  if (isActive(booked)) countActive(info, task.serviceId, -1);
  // Not counted by port: where two tasks had the same one, the first to go frees it.
  for (const port of hostPortsOf(task)) info.hostPorts.delete(port);
  const { nanoCpus, memoryBytes } = reservationsOf(task.spec);
  info.nanoCpus += nanoCpus;
  info.memoryBytes += memoryBytes;
  const reported = info.node.description?.resources?.generic;
  if (reported) info.generic = reclaim(info.generic, task.assignedGenericResources ?? [], reported);
}

export function activeOfService(info: NodeInfo, serviceId: string): number {
  return info.activeByService.get(serviceId) ?? 0;
}

/** What a task takes from its node. Only reservations count, never limits. */
export function reservationsOf(spec: TaskSpec): {
  readonly nanoCpus: number;
  readonly memoryBytes: number;
  readonly generic: readonly GenericResource[] | undefined;
} {
  const reservations = spec.resources?.reservations;
  if (!reservations) return NOTHING;
  const { nanoCpus = 0, memoryBytes = 0, generic } = reservations;
  return { nanoCpus, memoryBytes, generic };
}

/** The ports of its node that a task takes for itself: published in host mode, with a number. */
export function hostPortsOf(task: Task): readonly string[] {
  const ports = task.endpoint?.ports ?? NO_PORTS;
  return ports.length > 0 ? ports.filter(isHostPort).map((port) => `${port.protocol}/${port.publishedPort}`) : NO_PORTS;
}

const NOTHING = { nanoCpus: 0, memoryBytes: 0, generic: undefined };
const NO_PORTS: readonly never[] = [];

function isHostPort(port: PortConfig): boolean {
  return port.publishMode === 'host' && port.publishedPort !== 0;
}

function isActive(task: Task): boolean {
  return task.desiredState <= TaskState.COMPLETE;
}

function countActive(info: NodeInfo, serviceId: string, by: 1 | -1): void {
  info.activeTasks += by;
  const count = activeOfService(info, serviceId) + by;
  if (count === 0) info.activeByService.delete(serviceId);
  else info.activeByService.set(serviceId, count);
}

/** FNV-1a over code units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
