/** What the orchestrators share about single tasks (swarmkit manager/orchestrator/task.go). */
import {
  type Cluster,
  type Node,
  type RestartCondition,
  type Service,
  type Task,
  type TaskSpec,
  TaskState,
} from '../../api/index.ts';
import { deepEqual, type Instant } from '../../base/index.ts';
import type { NewEntity } from '../../store/index.ts';
import type { Context } from '../reactor.ts';
import { satisfiesConstraints } from './placement.ts';

/** A slot: the tasks of one service that share a slot number (replicated) or a node (global). */
export type Slot = readonly Task[];

/** Identifies a slot in the broad sense; `nodeId` is '' for replicated services and jobs. */
export interface SlotTuple {
  readonly serviceId: string;
  readonly slot: number;
  readonly nodeId: string;
}

export function slotKey(tuple: SlotTuple): string {
  return `${tuple.serviceId}/${tuple.slot}/${tuple.nodeId}`;
}

/** A new task of a service as it is now: NEW, desired RUNNING. */
export function newTask(
  ctx: Context,
  cluster: Cluster | undefined,
  service: Service,
  slot: number,
  nodeId: string,
): NewEntity<Task> {
  const logDriver = service.spec.task.logDriver ?? cluster?.spec.taskDefaults?.logDriver;
  return {
    id: ctx.newId(),
    serviceId: service.id,
    serviceName: service.spec.name,
    serviceLabels: service.spec.labels,
    slot,
    nodeId,
    spec: service.spec.task,
    ...(service.specVersion !== undefined && { specVersion: service.specVersion }),
    status: { state: TaskState.NEW, message: 'created', timestamp: ctx.now },
    desiredState: TaskState.RUNNING,
    endpoint: service.spec.endpoint ? { spec: service.spec.endpoint } : {},
    ...(logDriver && { logDriver }),
  };
}

export function restartCondition(task: Task): RestartCondition {
  return task.spec.restart?.condition ?? 'any';
}

/** Not there, down, or drained. A paused or unknown node is valid. */
export function isInvalidNode(node: Node | undefined): boolean {
  return node === undefined || node.status.state === 'down' || node.spec.availability === 'drain';
}

/** The managers' time stamp of a task's state where there is one, else the writer's own. */
export function taskTimestamp(task: Task): Instant {
  return task.status.appliedAt ?? task.status.timestamp;
}

/**
 * Whether a task no longer matches its service's specification. Equal spec versions settle it; otherwise the
 * specs decide, except that a placement change alone leaves a task where its node satisfies the new constraints.
 */
export function isTaskDirty(service: Service, task: Task, node: Node | undefined): boolean {
  if (task.specVersion !== undefined && service.specVersion === task.specVersion) return false;
  const wanted = service.spec.task;
  if (differsInPlacementOnly(wanted, task.spec) && node && satisfiesConstraints(wanted, node)) {
    return false;
  }
  const compared = ignoresPullOptions(task) ? withPullOptionsOf(wanted, task.spec) : wanted;
  return !deepEqual(compared, task.spec) || !deepEqual(service.spec.endpoint, task.endpoint?.spec);
}

function differsInPlacementOnly(wanted: TaskSpec, spec: TaskSpec): boolean {
  if (deepEqual(wanted.placement, spec.placement)) return false;
  const { placement: _wanted, ...rest } = wanted;
  const { placement: _had, ...restOfTask } = spec;
  return deepEqual(rest, restOfTask);
}

/** Registry credentials do not matter to a task that has its image already. */
function ignoresPullOptions(task: Task): boolean {
  const { state } = task.status;
  return task.desiredState <= TaskState.RUNNING && state >= TaskState.READY && state <= TaskState.RUNNING;
}

function withPullOptionsOf(wanted: TaskSpec, spec: TaskSpec): TaskSpec {
  const { pullOptions: _ignored, ...container } = wanted.container;
  const { pullOptions } = spec.container;
  return { ...wanted, container: pullOptions ? { ...container, pullOptions } : container };
}
