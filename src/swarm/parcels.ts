/** What machines send each other: plain data, told apart by `kind`. */
import type { FromDispatcher, NodeRole, ToDispatcher } from '../api/index.ts';
import type { StatusCode } from '../base/index.ts';
import type { ApiAnswer, ApiRequest, ManagerMessage } from '../manager/index.ts';
import type { ExchangeId } from '../network/index.ts';
import type { MemberId } from '../raft/index.ts';
import type { StoreCheckpoint } from '../store/index.ts';

/** A request that a manager makes of another member's machine, and the answer to it. */
interface OfExchange {
  /** Whom it wanted to reach: the machine may be another member by now, or none. */
  readonly member: MemberId;
  /** The life of the asking manager that it belongs to: an answer to an earlier one is of no interest. */
  readonly life: number;
  readonly exchange: ExchangeId;
}

/**
 * Who asks whether a manager is there: a transport that begins, one that dials, a voter that was asked for its vote, a
 * leader that is to add a member.
 */
export type CheckPurpose = 'peer' | 'dial' | 'candidate' | 'joiner';

/** `removed`: the receiver knows the sender as a member that was thrown out. */
export type ExchangeOutcome = 'taken' | 'refused' | 'removed';

export type RaftParcel =
  | (OfExchange & { readonly kind: 'raft.message'; readonly message: ManagerMessage })
  | (OfExchange & { readonly kind: 'raft.answered'; readonly outcome: ExchangeOutcome })
  | (OfExchange & { readonly kind: 'raft.check'; readonly purpose: CheckPurpose })
  | (OfExchange & { readonly kind: 'raft.checked'; readonly purpose: CheckPurpose; readonly isThere: boolean });

/** Names a client's call for as long as the swarm lives. */
export type CallId = number;

/** How a call ended, as it travels. */
export type CallOutcome =
  | { readonly answer: ApiAnswer }
  | { readonly reading: Reading }
  | { readonly status: StatusCode; readonly message: string };

/** What a manager answers to a reader. */
export interface Reading {
  readonly store: StoreCheckpoint;
  readonly managers: readonly ManagerReading[];
}

/** A member of the raft group as the answering manager sees it. */
export interface ManagerReading {
  readonly node: string;
  readonly member: MemberId;
  readonly isLeader: boolean;
  readonly isReachable: boolean;
}

/** Without a request, the caller wants to read. `cause`: the trace's record of the call. */
export interface CallContent {
  readonly call: CallId;
  readonly request: ApiRequest | undefined;
  readonly cause: number | undefined;
}

export type CallParcel =
  | (CallContent & { readonly kind: 'call.forwarded' })
  | { readonly kind: 'call.answered'; readonly call: CallId; readonly outcome: CallOutcome }
  /** There is no manager to take it. */
  | { readonly kind: 'call.refused'; readonly call: CallId };

/** What a node is told with its session and whenever it changes: its wanted role, and who the managers are. */
export interface SessionNews {
  readonly role: NodeRole;
  readonly managers: readonly string[];
}

export interface AgentSaid {
  readonly node: string;
  readonly message: ToDispatcher;
  readonly cause: number | undefined;
}

/** An agent talks to the manager that it has chosen, which passes everything on to the leader, and back. */
export type AgentParcel =
  | (AgentSaid & { readonly kind: 'agent.said' })
  | (AgentSaid & { readonly kind: 'agent.forwarded' })
  | {
      readonly kind: 'agent.told';
      readonly node: string;
      readonly message: FromDispatcher | undefined;
      readonly news: SessionNews | undefined;
    };

/**
 * What a node asks of the leader for itself, through any manager; the answers go back the same way. `attempt` tells
 * them apart.
 */
interface OfNode {
  readonly node: string;
  readonly attempt: number;
}

export type MembershipQuestion =
  /** Which role is in effect: what a new certificate says. */
  | (OfNode & { readonly kind: 'role.asked' })
  /** To become a member of the raft group. */
  | (OfNode & { readonly kind: 'join.asked' });

export type MembershipAnswer =
  | (OfNode & { readonly kind: 'role.answered'; readonly role: NodeRole })
  | (OfNode & { readonly kind: 'join.answered'; readonly member: MemberId; readonly members: readonly MemberId[] })
  | (OfNode & { readonly kind: 'role.refused' | 'join.refused'; readonly message: string });

export type Parcel = RaftParcel | CallParcel | AgentParcel | MembershipQuestion | MembershipAnswer;
