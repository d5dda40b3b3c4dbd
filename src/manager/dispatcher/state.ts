import type { NodeDescription, NodeState, Task, TaskStatus } from '../../api/index.ts';
import type { Instant, Micros } from '../../base/index.ts';
import type { Context, ProcessId } from '../reactor.ts';
import type { DispatcherOptions } from './options.ts';

/** All that a dispatcher knows: plain data, and nothing that the store could tell. Lost with the leadership. */
export interface DispatcherState {
  /** The cluster's heartbeat period. */
  period: Micros;
  /** Nodes from which heartbeats are awaited; a node that is down is not among them. */
  readonly nodes: Map<string, TrackedNode>;
  /** Sessions that wait for the next batch, in the order in which they were asked for. */
  registrations: Registration[];
  /** Open sessions by node. Agents have one at a time, but an old one may not know yet that it is over. */
  readonly sessions: Map<string, Session[]>;
  readonly batch: StatusBatch;
}

/** A node whose silence is noticed (swarmkit manager/dispatcher/nodes.go, registeredNode). */
export interface TrackedNode {
  /** '' for a node that has not registered with this leader: it is UNKNOWN. */
  sessionId: string;
  /** The last registration that was let through. */
  registeredAt: Instant | undefined;
  /** Registrations since they last were far enough apart. */
  attempts: number;
  /** How many periods were drawn for this session. */
  periods: number;
  /** Its heartbeats are not sent, and not awaited: its number of periods is out of date. */
  isResting: boolean;
}

export interface Registration {
  readonly nodeId: string;
  /** The session that goes on; undefined for a new one. */
  readonly sessionId: string | undefined;
  /** Undefined once the agent has given it up. */
  session: number | undefined;
}

export interface Session {
  readonly session: number;
  readonly sessionId: string;
  /** What the agent has not been told yet; undefined before it has asked for its assignments. */
  assignments: PendingAssignments | undefined;
}

export interface PendingAssignments {
  /** The version of the store that the complete set was taken from. */
  readonly since: number;
  /** Tasks to be sent by their id, null for one to be removed. */
  changes: Map<string, Task | null>;
  /** How many changes are gathered, those of what tasks depend on included. */
  count: number;
}

export interface NodeUpdate {
  readonly state: NodeState;
  readonly message: string;
  readonly address?: string;
  readonly description?: NodeDescription;
}

/** What waits to be written. Only the last report on a task counts, and the last on a node. */
export interface StatusBatch {
  tasks: Map<string, TaskStatus>;
  nodes: Map<string, NodeUpdate>;
  /** The batches are due at multiples of their interval from here: the end of the last one. */
  origin: Instant;
  isTimerSet: boolean;
  /** The process that writes the last batch. */
  writer: ProcessId | undefined;
}

/** What every part of a dispatcher works with. */
export interface Turn {
  readonly ctx: Context;
  readonly state: DispatcherState;
  readonly options: DispatcherSettings;
}

export type DispatcherSettings = Required<Omit<DispatcherOptions, 'quiet'>> & Pick<DispatcherOptions, 'quiet'>;
