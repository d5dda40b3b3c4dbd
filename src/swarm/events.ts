/** Everything that may wait in a swarm's queue: plain data, told apart by `kind`. */
import type { AgentTimer } from '../agent/index.ts';
import type { Instant } from '../base/index.ts';
import type { ManagerEvent } from '../manager/index.ts';
import type { ExchangeId } from '../network/index.ts';
import type { MemberId } from '../raft/index.ts';
import type { Action } from './action.ts';
import type { AgentSaid, CallId, Parcel } from './parcels.ts';

/** What is due in a manager's part in raft. All of it is cancelled when the manager ends. */
export type RaftEvent =
  | { readonly kind: 'raft.tick'; readonly node: string }
  /** The disk has done what it was given. */
  | { readonly kind: 'raft.written'; readonly node: string }
  /** Time to connect to a peer again. */
  | {
      readonly kind: 'raft.redial';
      readonly node: string;
      readonly peer: MemberId;
      readonly exchange: ExchangeId;
      readonly deadline: Instant;
    }
  /** An exchange with a peer has taken too long. */
  | {
      readonly kind: 'raft.timeout';
      readonly node: string;
      readonly peer: MemberId;
      readonly exchange: ExchangeId;
      readonly of: 'exchange' | 'dial' | 'candidate';
    }
  /** A change of the membership has taken too long. */
  | { readonly kind: 'raft.change-timeout'; readonly node: string };

/** What is due in the life of a node among the managers. */
export type HostEvent = {
  readonly kind: 'host.due';
  readonly node: string;
  readonly what: HostTimer;
};

export type HostTimer =
  /** The manager was thrown out and stops. */
  | 'removed'
  | 'renew'
  | 'renewal-timeout'
  | 'join'
  | 'join-timeout'
  /** It was waited long enough for the certificate of a worker. */
  | 'role-timeout';

export type SwarmEvent =
  | ManagerEvent
  | RaftEvent
  | HostEvent
  | { readonly kind: 'agent'; readonly node: string; readonly timer: AgentTimer }
  /** A parcel arrives. */
  | { readonly kind: 'delivery'; readonly from: string; readonly to: string; readonly parcel: Parcel }
  /** What was lost on a connection is sent again. */
  | { readonly kind: 'wire.retry'; readonly connection: string; readonly from: string }
  /** A manager looks again for the leader to whom an agent wants to talk. */
  | { readonly kind: 'agent.poll'; readonly manager: string; readonly said: AgentSaid; readonly until: Instant }
  /** The same for a client's call. */
  | { readonly kind: 'call.poll'; readonly call: CallId; readonly on: string }
  | { readonly kind: 'call.timeout'; readonly call: CallId }
  /** A machine that waits to be let into the swarm asks again. */
  | { readonly kind: 'join-due'; readonly node: string }
  | { readonly kind: 'action'; readonly action: Action };

/** The machine on which it happens; undefined for what happens to the swarm from outside. */
export function machineOf(event: SwarmEvent): string | undefined {
  switch (event.kind) {
    case 'manager.turn':
    case 'manager.timer':
    case 'agent.poll':
      return event.manager;
    case 'delivery':
      return event.to;
    case 'wire.retry':
      return event.from;
    case 'call.poll':
      return event.on;
    case 'call.timeout':
    case 'action':
      return undefined;
    default:
      return event.node;
  }
}
