import { type MemberId, NONE } from './entry.ts';
import { type LogState, RaftLog } from './log.ts';
import type { Message } from './messages.ts';
import type { Settings } from './options.ts';
import { copyProgress, findProgress, type Progress } from './progress.ts';
import type { Ballot } from './quorum.ts';
import type { Role } from './ready.ts';

/**
 * The mutable state of one member. The rules of raft are functions on it, in files of their own by role and subject;
 * `Raft` alone is public.
 */
export interface Machine<D, S> {
  readonly settings: Settings<D>;
  readonly log: RaftLog<D, S>;
  role: Role;
  term: number;
  vote: MemberId;
  leader: MemberId;
  electionElapsed: number;
  heartbeatElapsed: number;
  /** The election timeout drawn last, in ticks. */
  electionTimeout: number;
  ballots: Ballot[];
  /** The membership in ascending order of ids, each with its progress, which means something on a leader only. */
  members: Progress[];
  transferTarget: MemberId;
  /** A membership change may be pending up to here: the next one waits until this index is applied. */
  pendingChangeIndex: number;
  /** Messages that may leave at once. */
  outbox: Message<D, S>[];
  /**
   * Messages that reveal what must be stored first: votes and acknowledgements, rejections too. One to itself counts
   * at the next advance, so that a member's own vote and its own entries count no earlier than they are safe.
   */
  outboxAfterWrite: Message<D, S>[];
}

/** A machine without what is not data, and with the log's state in place of the log. */
export type MachineState<D, S> = Omit<Machine<D, S>, 'settings' | 'log'> & { readonly log: LogState<D, S> };

/** A member as it comes up, before it is a follower. */
export function newMachine<D, S>(
  settings: Settings<D>,
  stored: {
    readonly term: number;
    readonly vote: MemberId;
    readonly members: Progress[];
    readonly log: LogState<D, S>;
  },
): Machine<D, S> {
  return {
    settings,
    log: new RaftLog(stored.log, settings.maxApplyingBytes),
    role: 'follower',
    term: stored.term,
    vote: stored.vote,
    leader: NONE,
    electionElapsed: 0,
    heartbeatElapsed: 0,
    electionTimeout: 0,
    ballots: [],
    members: stored.members,
    transferTarget: NONE,
    pendingChangeIndex: 0,
    outbox: [],
    outboxAfterWrite: [],
  };
}

/** A copy of the state that later changes do not reach. */
export function machineState<D, S>({ settings: _, log, ...state }: Machine<D, S>): MachineState<D, S> {
  return { ...withOwnArrays(state), log: log.state() };
}

/** A machine that goes on from `state` and leaves it as it is. */
export function restoredMachine<D, S>(settings: Settings<D>, { log, ...state }: MachineState<D, S>): Machine<D, S> {
  return { ...withOwnArrays(state), settings, log: new RaftLog({ ...log }, settings.maxApplyingBytes) };
}

function withOwnArrays<D, S>(state: Omit<Machine<D, S>, 'settings' | 'log'>): Omit<Machine<D, S>, 'settings' | 'log'> {
  return {
    ...state,
    ballots: state.ballots.slice(),
    members: state.members.map(copyProgress),
    outbox: state.outbox.slice(),
    outboxAfterWrite: state.outboxAfterWrite.slice(),
  };
}

export function votersOf<D, S>(machine: Machine<D, S>): MemberId[] {
  return machine.members.map((member) => member.id);
}

/** What the leader knows of `id`; undefined where that is no member. */
export function progressOf<D, S>(machine: Machine<D, S>, id: MemberId): Progress | undefined {
  return findProgress(machine.members, id);
}

export function isMember<D, S>(machine: Machine<D, S>, id: MemberId): boolean {
  return findProgress(machine.members, id) !== undefined;
}

/** May stand for election: a member by its own knowledge, with no snapshot waiting to be stored. */
export function isPromotable<D, S>(machine: Machine<D, S>): boolean {
  return !machine.log.isRestoring && isMember(machine, machine.settings.id);
}

/** Tells the leader, which may be this member, that the log matches the leader's up to `index`. */
export function acknowledge<D, S>(machine: Machine<D, S>, leader: MemberId, index: number): void {
  machine.outboxAfterWrite.push({
    type: 'append-response',
    from: machine.settings.id,
    to: leader,
    term: machine.term,
    rejected: false,
    index,
    hintIndex: 0,
    hintTerm: 0,
  });
}
