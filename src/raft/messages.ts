/** What members send each other. Messages are plain data and never changed, so one may be delivered twice. */
import type { Entry, MemberId, Payload } from './entry.ts';

/** The state of the application at an index, which stands in for the log up to there. */
export interface Snapshot<S> {
  readonly index: number;
  /** Term of the entry at `index`. */
  readonly term: number;
  /** The membership at `index`, in ascending order. */
  readonly voters: readonly MemberId[];
  readonly data: S;
}

interface Envelope {
  readonly from: MemberId;
  readonly to: MemberId;
  /** The sender's term; 0 in a forwarded proposal, which belongs to none. A pre-vote names the term it aims for. */
  readonly term: number;
}

/** "Elect me"; as a pre-vote "would you?", which commits nobody to anything. */
export interface VoteRequest extends Envelope {
  readonly type: 'vote' | 'pre-vote';
  readonly lastIndex: number;
  readonly lastTerm: number;
  /** The leader itself asked for this election, so a lease does not stand in its way. */
  readonly forced: boolean;
}

export interface VoteResponse extends Envelope {
  readonly type: 'vote-response' | 'pre-vote-response';
  readonly rejected: boolean;
}

/** Entries to follow the one at `prevIndex`, or none: a probe, or news of the commit index alone. */
export interface AppendRequest<D> extends Envelope {
  readonly type: 'append';
  readonly prevIndex: number;
  readonly prevTerm: number;
  readonly entries: readonly Entry<D>[];
  readonly commit: number;
}

export interface AppendResponse extends Envelope {
  readonly type: 'append-response';
  readonly rejected: boolean;
  /** Accepted: the log matches the leader's up to here. Rejected: the `prevIndex` that did not match. */
  readonly index: number;
  /** Of a rejection: the last place at which the logs may match, and the term there (0: unknown). */
  readonly hintIndex: number;
  readonly hintTerm: number;
}

export interface Heartbeat extends Envelope {
  readonly type: 'heartbeat';
  /** Never more than the follower is known to have. */
  readonly commit: number;
}

export interface HeartbeatResponse extends Envelope {
  readonly type: 'heartbeat-response';
}

/** The leader no longer has the entries that the follower needs. */
export interface InstallSnapshot<S> extends Envelope {
  readonly type: 'snapshot';
  readonly snapshot: Snapshot<S>;
}

/** The leader's request to start an election at once. */
export interface TimeoutNow extends Envelope {
  readonly type: 'timeout-now';
}

/** A request to hand leadership to `from`, forwarded by a follower. */
export interface TransferRequest extends Envelope {
  readonly type: 'transfer-leader';
}

/** A proposal made to a follower, on its way to the leader. */
export interface ForwardedProposal<D> extends Envelope {
  readonly type: 'propose';
  readonly payload: Payload<D>;
}

export type Message<D, S> =
  | VoteRequest
  | VoteResponse
  | AppendRequest<D>
  | AppendResponse
  | Heartbeat
  | HeartbeatResponse
  | InstallSnapshot<S>
  | TimeoutNow
  | TransferRequest
  | ForwardedProposal<D>;

/** Answers count only from members: those of anyone else are refused before they are looked at. */
export function isResponse(message: Message<unknown, unknown>): boolean {
  switch (message.type) {
    case 'append-response':
    case 'heartbeat-response':
    case 'vote-response':
    case 'pre-vote-response':
      return true;
    default:
      return false;
  }
}
