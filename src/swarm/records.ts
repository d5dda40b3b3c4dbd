/** What a swarm writes into its trace, beside what its agents do. */
import type { AgentRecords } from '../agent/index.ts';
import type { NodeState, TaskStateName, UpdateState } from '../api/index.ts';
import type { Rank, Spread } from '../manager/index.ts';

export interface ControlRecords {
  /** Somebody asked the control API for something. */
  'api.requested': { readonly op: string; readonly target: string };
  'api.refused': { readonly op: string; readonly target: string; readonly message: string };
  'service.created': { readonly service: string; readonly name: string };
  /** `changed`: the parts of the specification that differ from before, such as `mode` and `task.container`, by name. */
  'service.updated': {
    readonly service: string;
    readonly name: string;
    readonly image: string;
    readonly changed: readonly string[];
  };
  'service.removed': { readonly service: string; readonly name: string };
  /** The update status was set, changed or, with `none`, cleared. */
  'update.changed': {
    readonly service: string;
    readonly name: string;
    readonly state: UpdateState | 'none';
    readonly message: string;
  };
  'task.created': TaskRecord & { readonly desired: TaskStateName };
  /** The managers learned of another state. */
  'task.changed': TaskRecord & { readonly state: TaskStateName; readonly message: string; readonly err: string };
  'task.wanted': TaskRecord & { readonly desired: TaskStateName };
  /**
   * The scheduler chose a node, which stood like this before (absent where a leader only confirms), and spread the tasks
   * of the service like this (absent without a preference); or why it cannot.
   */
  'task.placed': TaskRecord & Partial<Rank & Spread>;
  'task.unplaced': TaskRecord & { readonly err: string };
  'task.removed': TaskRecord;
  'node.added': NodeRecord & { readonly state: NodeState };
  'node.changed': NodeRecord & { readonly state: NodeState; readonly message: string; readonly availability: string };
  'node.removed': NodeRecord;
  'cluster.changed': { readonly cluster: string };
  /** A member stands for election. */
  'raft.term-started': { readonly node: string; readonly term: number };
  'raft.leader-elected': { readonly node: string; readonly term: number };
  /** A leader has found that it has no quorum, or heard of a later term. */
  'raft.stepped-down': { readonly node: string; readonly term: number };
  /** The leader has applied it; `members`: how many there are now. */
  'raft.membership-changed': {
    readonly node: string;
    readonly member: number;
    readonly change: 'added' | 'removed';
    readonly members: number;
  };
  /** A manager process begins or ends; its machine may go on. */
  'manager.started': { readonly node: string };
  'manager.stopped': { readonly node: string; readonly why: 'removed' | 'demoted' | 'left' };
  /** It is the only one of a new cluster now; `lost`: entries of the log that the one before had committed without it. */
  'manager.forced': { readonly node: string; readonly lost: number };
  /** Something was done to the swarm from outside: a crash, a reboot. */
  'fault.injected': { readonly fault: string; readonly target: string };
}

export interface TaskRecord {
  readonly task: string;
  readonly service: string;
  /** The service's name. */
  readonly name: string;
  readonly slot: number;
  /** The node's name, '' while there is none. */
  readonly node: string;
  readonly image: string;
  /** The version of the service's specification that it was made from; -1 where it carries none. */
  readonly version: number;
}

export interface NodeRecord {
  readonly node: string;
  readonly name: string;
}

/** Agents' records carry the node they come from. */
export type OnNode<M> = { readonly [K in keyof M]: M[K] & { readonly node: string } };

export type SwarmRecords = ControlRecords & OnNode<AgentRecords>;
