import { DryswarmError } from '../base/index.ts';
import { restoredMembers } from './conf-change.ts';
import { maybeCampaign } from './election.ts';
import { type ConfChange, confChangePayload, type Entry, entryAt, type MemberId, NONE, type Payload } from './entry.ts';
import { noteSnapshotSent, noteUnreachable } from './leader.ts';
import { storedLog } from './log.ts';
import {
  isMember,
  type Machine,
  type MachineState,
  machineState,
  newMachine,
  restoredMachine,
  votersOf,
} from './machine.ts';
import { applyChange } from './membership.ts';
import { isResponse, type Message, type Snapshot } from './messages.ts';
import { type RaftOptions, settingsOf } from './options.ts';
import { type Persisted, persistedOf } from './persisted.ts';
import type { HardState, Ready, Role, SoftState } from './ready.ts';
import type { Refusal } from './refusal.ts';
import { becomeFollower } from './roles.ts';
import { type RaftStatus, statusOf } from './status.ts';
import { stepMessage } from './step.ts';
import { finishReady, hasWork, type OutstandingReady, takeReady } from './take-ready.ts';
import { tick } from './tick.ts';

/** A member's whole state as plain data. It shares entries and messages, which never change, with the member. */
export interface RaftCheckpoint<D = string, S = D> {
  readonly machine: MachineState<D, S>;
  readonly softState: SoftState;
  readonly hardState: HardState;
  readonly outstanding: OutstandingReady<D, S> | undefined;
}

/**
 * One member of a Raft cluster: etcd-io/raft v3.6.0 as Swarm uses it. A pure state machine; it reads no clock, sends
 * nothing and writes nothing. Ticks, messages and proposals go in; what to store, send and apply comes out of
 * {@link Raft.ready}, and {@link Raft.advance} says that it was done.
 *
 * `D` is the data of an entry, `S` that of a snapshot; neither is looked at.
 *
 * @example Three members elect a leader and agree on an entry.
 * ```ts
 * import { Raft } from 'dryswarm/raft';
 *
 * const peers = [1, 2, 3];
 * const members = peers.map((id) => Raft.bootstrap({ id, random: (below) => (3 * id) % below }, peers));
 *
 * function settle(): void {
 *   for (let member = next(); member; member = next()) {
 *     const { messages, committed } = member.ready();
 *     for (const message of messages) members[message.to - 1]!.step(message);
 *     for (const entry of committed) {
 *       if (entry.kind === 'conf-change') member.applyConfChange(entry.change);
 *       else if (entry.data) console.log(`member ${member.id} applies ${entry.data}`);
 *     }
 *     member.advance();
 *   }
 * }
 * const next = () => members.find((member) => member.hasReady());
 *
 * settle();
 * while (!members.some((member) => member.role === 'leader')) {
 *   for (const member of members) member.tick();
 *   settle();
 * }
 * const leader = members.find((member) => member.role === 'leader')!;
 * console.log(`member ${leader.id} leads in term ${leader.term}`);   // member 1 leads in term 2
 * leader.propose('hello');
 * settle();                                                          // member 1 applies hello, then 2 and 3
 * ```
 */
export class Raft<D = string, S = D> {
  readonly #machine: Machine<D, S>;
  #softState: SoftState;
  #hardState: HardState;
  #outstanding: OutstandingReady<D, S> | undefined;

  private constructor(machine: Machine<D, S>, known: Omit<RaftCheckpoint<D, S>, 'machine'>) {
    this.#machine = machine;
    this.#softState = known.softState;
    this.#hardState = known.hardState;
    this.#outstanding = known.outstanding;
  }

  /**
   * Starts a member of a new cluster of `peers`: its log begins with one `add` for each of them, committed in term 1.
   * All peers must be started alike.
   */
  static bootstrap<D = string, S = D>(options: RaftOptions<D>, peers: readonly MemberId[]): Raft<D, S> {
    if (peers.length === 0) throw new DryswarmError('raft-options', 'raft: a new cluster needs at least one peer');
    const raft = Raft.start<D, S>(options);
    const machine = raft.#machine;
    becomeFollower(machine, 1, NONE);
    const changes = peers.map((member): ConfChange => ({ kind: 'add', member }));
    machine.log.append(changes.map((change, position) => entryAt(confChangePayload(change), 1, position + 1)));
    machine.log.commitTo(peers.length);
    // The application applies these entries again, to no effect; a member must know its peers before that.
    for (const change of changes) applyChange(machine, change);
    return raft;
  }

  /**
   * Starts a member from what it has stored; without that, one that waits for a leader to add it and to tell it of
   * the cluster. Everything committed behind the snapshot is handed out to be applied again, the membership too.
   *
   * @throws DryswarmError `raft-options`; `raft-log-loss` where the stored log does not reach its commit index.
   */
  static start<D = string, S = D>(options: RaftOptions<D>, disk: Persisted<D, S> = persistedOf<D, S>()): Raft<D, S> {
    const { term, vote } = disk.hardState;
    const log = storedLog(disk);
    const members = restoredMembers(disk.snapshot?.voters ?? [], disk.snapshot?.index ?? 0);
    const machine = newMachine(settingsOf(options), { term, vote, members, log });
    becomeFollower(machine, term, NONE);
    return new Raft(machine, {
      softState: { role: machine.role, leader: machine.leader },
      hardState: { term, vote, commit: machine.log.committed },
      outstanding: undefined,
    });
  }

  /** A member that goes on exactly where the checkpoint was made, given the same options and random numbers. */
  static restore<D = string, S = D>(options: RaftOptions<D>, checkpoint: RaftCheckpoint<D, S>): Raft<D, S> {
    return new Raft(restoredMachine(settingsOf(options), checkpoint.machine), checkpoint);
  }

  /** The state as plain data. Costs a few small copies, however long the log is. */
  checkpoint(): RaftCheckpoint<D, S> {
    return {
      machine: machineState(this.#machine),
      softState: this.#softState,
      hardState: this.#hardState,
      outstanding: this.#outstanding,
    };
  }

  /** Its raft id. */
  get id(): MemberId {
    return this.#machine.settings.id;
  }

  /** What it is to the cluster now; a driver learns of changes from `softState` of a ready. */
  get role(): Role {
    return this.#machine.role;
  }

  /** The latest term that it has heard of. */
  get term(): number {
    return this.#machine.term;
  }

  /** The leader as far as this member knows; 0 for none. */
  get leader(): MemberId {
    return this.#machine.leader;
  }

  /** Entries up to here are known to be committed. */
  get committed(): number {
    return this.#machine.log.committed;
  }

  /** Entries up to here were applied by the time of the last advance. */
  get applied(): number {
    return this.#machine.log.applied;
  }

  /** Index of the last entry, stored or not; 0 in an empty log. */
  get lastIndex(): number {
    return this.#machine.log.lastIndex;
  }

  /** The membership as far as it is applied here, in ascending order. */
  get voters(): readonly MemberId[] {
    return votersOf(this.#machine);
  }

  /** Everything worth showing, as a copy. */
  status(): RaftStatus {
    return statusOf(this.#machine);
  }

  /** Ticks since word from a leader; on a leader, since the last check of its quorum. */
  get electionElapsed(): number {
    return this.#machine.electionElapsed;
  }

  /** Time has passed in which nothing happened but heartbeats and their answers: it stands as after so many ticks. */
  skipTo(electionElapsed: number): void {
    this.#machine.electionElapsed = electionElapsed;
  }

  /** The entries in memory with indexes from `first` on, for inspection. */
  entries(first: number = this.#machine.log.firstIndex): readonly Entry<D>[] {
    return this.#machine.log.entriesFrom(Math.max(first, this.#machine.log.firstIndex), Number.POSITIVE_INFINITY);
  }

  /** The term of an entry; undefined where it is compacted or not there yet. */
  termAt(index: number): number | undefined {
    return this.#machine.log.termAt(index);
  }

  /** One unit of time has passed. */
  tick(): void {
    tick(this.#machine);
  }

  /** Takes a message of another member. */
  step(message: Message<D, S>): Refusal | undefined {
    if (isResponse(message) && !isMember(this.#machine, message.from)) return 'raft: cannot step as peer not found';
    return stepMessage(this.#machine, message);
  }

  /** Proposes an entry. A follower forwards it to the leader it knows, without learning what became of it. */
  propose(data: D): Refusal | undefined {
    return this.#propose({ kind: 'normal', data, bytes: this.#machine.settings.sizeOf(data) });
  }

  /**
   * Proposes to add or remove one member. While an earlier change is not applied on the leader, an empty entry is
   * committed instead and nothing else tells of it.
   */
  proposeConfChange(change: ConfChange): Refusal | undefined {
    return this.#propose(confChangePayload(change));
  }

  /** Stands for election now, unless it leads, may not, or has a committed membership change still to apply. */
  campaign(): void {
    maybeCampaign(this.#machine);
  }

  /** Asks the leader, which may be this member, to hand leadership to `target`. Given up after `electionTicks`. */
  transferLeadership(target: MemberId): void {
    const machine = this.#machine;
    const request: Message<D, S> = { type: 'transfer-leader', from: target, to: machine.leader, term: machine.term };
    stepMessage(machine, request);
  }

  /** The transport could not deliver to `member`. */
  reportUnreachable(member: MemberId): void {
    if (this.#machine.role === 'leader') noteUnreachable(this.#machine, member);
  }

  /** The transport has sent a snapshot to `member`, or failed to. */
  reportSnapshot(member: MemberId, outcome: 'sent' | 'failed'): void {
    if (this.#machine.role === 'leader') noteSnapshotSent(this.#machine, member, outcome);
  }

  /** Makes a committed membership change take effect, in its place among the entries applied. Returns the members. */
  applyConfChange(change: ConfChange): readonly MemberId[] {
    applyChange(this.#machine, change);
    return this.voters;
  }

  /**
   * Records a snapshot that the application took, and drops the entries that are more than `keep` older. Those kept
   * spare a member that lags a little the snapshot; Swarm keeps 500. The driver writes the snapshot with
   * `persistSnapshot` as well.
   */
  compact(snapshot: Snapshot<S>, keep: number): Refusal | undefined {
    return this.#machine.log.compact(snapshot, snapshot.index - keep)
      ? undefined
      : 'requested index is older than the existing snapshot';
  }

  /** Whether there is anything to store, send or apply. */
  hasReady(): boolean {
    return hasWork(this.#machine, this.#softState, this.#hardState);
  }

  /**
   * Hands out what there is to do; see {@link Ready} for the order. Messages and proposals may come in before the
   * advance, another ready may not be asked for.
   *
   * @throws DryswarmError `raft-misuse` where the last ready was not advanced.
   */
  ready(): Ready<D, S> {
    if (this.#outstanding)
      throw new DryswarmError(
        'raft-misuse',
        'raft: ready() was called again before advance()',
        'call advance() once a ready is done',
      );
    const { ready, outstanding } = takeReady(this.#machine, this.#softState, this.#hardState);
    this.#outstanding = outstanding;
    this.#softState = ready.softState ?? this.#softState;
    this.#hardState = ready.hardState ?? this.#hardState;
    return ready;
  }

  /** What the last ready asked for is done. Only now does a member's own vote count, and its own entries. */
  advance(): void {
    const outstanding = this.#outstanding;
    if (outstanding === undefined)
      throw new DryswarmError('raft-misuse', 'raft: advance() without a ready', 'call ready() first');
    this.#outstanding = undefined;
    finishReady(this.#machine, outstanding);
  }

  #propose(payload: Payload<D>): Refusal | undefined {
    const { id } = this.#machine.settings;
    return stepMessage(this.#machine, { type: 'propose', from: id, to: id, term: 0, payload });
  }
}
