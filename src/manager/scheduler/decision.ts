/** What a pass decides about a task: plain data, written once the store is free. */
import { type GenericResource, type Task, TaskState, type TaskStatus } from '../../api/index.ts';
import type { Instant } from '../../base/index.ts';
import type { Rank } from './ranking.ts';
import type { VolumeAttachment } from './volumes.ts';

/**
 * - `assigned`: a node was chosen. `confirmed`: the node that the task is bound to has room.
 * - `unplaced`: no node has room, or not the one that it is bound to; it goes on waiting.
 * - `shut-down`: it waits in vain, is of an old version, and nobody wants it any more.
 */
export type Decision = Placement | Unplaced | ShutDown;

interface Placement extends About {
  readonly kind: 'assigned' | 'confirmed';
  readonly nodeId: string;
  /** How the node stood before it got the task: what it was chosen by, unless it was given. */
  readonly rank: Rank;
  /** Of a task that was spread over branches. */
  readonly spread?: Spread;
  readonly volumes: readonly VolumeAttachment[];
  readonly genericResources: readonly GenericResource[];
}

/** How a task was spread over the branches of the first preference of its service. */
export interface Spread {
  /** What its node has for the label. */
  readonly branch: string;
  /** Active tasks of the service in the branch, before those that are placed together. */
  readonly ofBranch: number;
  /** What each branch should have afterwards, as the scheduler works it out: with the branches that have more already. */
  readonly share: number;
  /** What none would have to exceed, were the branches made level. */
  readonly level: number;
}

interface Unplaced extends About {
  readonly kind: 'unplaced';
  /** The reason, in Swarm's words. */
  readonly err: string;
}

interface ShutDown extends About {
  readonly kind: 'shut-down';
}

interface About {
  /** The task as the decision found it. */
  readonly task: Task;
  /** When it was made. */
  readonly at: Instant;
}

/** The task as decided. */
export function decidedTask(decision: Decision): Task {
  const { task } = decision;
  const status = decidedStatus(decision);
  if (!isPlacement(decision)) return { ...task, status };
  const placed = { ...task, nodeId: decision.nodeId, status };
  if (decision.volumes.length > 0) Object.assign(placed, { volumes: decision.volumes });
  const generic = decision.genericResources;
  if (generic.length > 0 || task.assignedGenericResources) Object.assign(placed, { assignedGenericResources: generic });
  return placed;
}

/** The status as decided; a placement clears the error. */
export function decidedStatus(decision: Decision): TaskStatus {
  const { at: timestamp, task } = decision;
  switch (decision.kind) {
    case 'assigned':
      return { state: TaskState.ASSIGNED, message: 'scheduler assigned task to node', timestamp };
    case 'confirmed':
      return {
        state: TaskState.ASSIGNED,
        message: 'scheduler confirmed task can run on preassigned node',
        timestamp,
      };
    case 'unplaced':
      return { ...task.status, err: decision.err, timestamp };
    case 'shut-down': {
      const { err: _, ...status } = task.status;
      return { ...status, state: TaskState.SHUTDOWN, timestamp };
    }
  }
}

/** Whether something is booked for the decision. */
export function isPlacement(decision: Decision): decision is Placement {
  return decision.kind === 'assigned' || decision.kind === 'confirmed';
}
