import type { MemberId } from './entry.ts';
import { type Machine, votersOf } from './machine.ts';
import { copyProgress, type Progress } from './progress.ts';
import type { Role } from './ready.ts';

/** A member as a reader may want to see it. */
export interface RaftStatus {
  readonly id: MemberId;
  readonly role: Role;
  readonly term: number;
  /** Whom it voted for in this term; 0 for nobody. */
  readonly vote: MemberId;
  readonly leader: MemberId;
  readonly committed: number;
  readonly applied: number;
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly lastTerm: number;
  /** Ticks since word from a leader; on a leader, since the last check of its quorum. */
  readonly electionElapsed: number;
  /** Ticks of a leader since its last heartbeat. */
  readonly heartbeatElapsed: number;
  /** The election timeout drawn last, in ticks. */
  readonly electionTimeout: number;
  readonly voters: readonly MemberId[];
  /** On a leader, what it believes of each member; else empty. */
  readonly progress: readonly Readonly<Progress>[];
  /** To whom a leader is handing over; 0 for nobody. */
  readonly transferTarget: MemberId;
  /** A leader refuses membership changes until it has applied this index. */
  readonly pendingChangeIndex: number;
}

export function statusOf<D, S>(machine: Machine<D, S>): RaftStatus {
  const { log } = machine;
  return {
    id: machine.settings.id,
    role: machine.role,
    term: machine.term,
    vote: machine.vote,
    leader: machine.leader,
    committed: log.committed,
    applied: log.applied,
    firstIndex: log.firstIndex,
    lastIndex: log.lastIndex,
    lastTerm: log.lastTerm,
    electionElapsed: machine.electionElapsed,
    heartbeatElapsed: machine.heartbeatElapsed,
    electionTimeout: machine.electionTimeout,
    voters: votersOf(machine),
    progress: machine.role === 'leader' ? machine.members.map(copyProgress) : [],
    transferTarget: machine.transferTarget,
    pendingChangeIndex: machine.pendingChangeIndex,
  };
}
