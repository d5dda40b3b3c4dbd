/**
 * Changes of the raft membership on the leader, one at a time (swarmkit manager/state/raft/raft.go, Join, addMember and
 * removeMember, under membershipLock).
 */
import { type Instant, type Micros, seconds } from '../base/index.ts';
import type { ConfChange, MemberId } from '../raft/index.ts';
import type { EventId } from '../sim/index.ts';

/** The manager behind the desk; nodes by their names. */
export interface MemberDeskManager {
  readonly now: Instant;
  readonly members: readonly MemberId[];
  memberOf(node: string): MemberId | undefined;
  newMember(node: string): MemberId;
  canRemove(member: MemberId): boolean;
  change(change: ConfChange): void;
  /** Asks a machine that wants to join whether it can be reached; `reached` follows. */
  reach(node: string, check: number): void;
  wake(after: Micros): EventId;
  cancel(id: EventId): void;
}

interface Addition {
  readonly kind: 'add';
  readonly node: string;
  /** The machine through which the node asked. */
  readonly via: string;
  readonly attempt: number;
  readonly until: Instant;
}

type Operation = Addition | { readonly kind: 'remove'; readonly member: MemberId };

export type JoinOutcome =
  | { readonly member: MemberId; readonly members: readonly MemberId[] }
  | { readonly refused: string };

interface Current {
  readonly operation: Operation;
  /** The change that was proposed; before that, the joining machine is being reached. */
  readonly change: ConfChange | undefined;
  readonly timer: EventId;
}

export interface MemberDeskState {
  readonly current: Current | undefined;
  readonly queue: readonly Operation[];
  readonly checks: number;
}

const REACH_LIMIT = seconds(5);
const REMOVAL_LIMIT = seconds(5);
/** How long a node waits for the answer to its request to join (reqTimeout, with the default election timeout). */
const JOIN_LIMIT = seconds(25);

const UNREACHABLE = 'could not connect to prospective new cluster member using its advertised address';

export class MemberDesk {
  readonly #manager: MemberDeskManager;
  /** Told how a node's request to join ended. */
  readonly #joined: (addition: Addition, outcome: JoinOutcome) => void;
  #current: Current | undefined;
  #queue: Operation[];
  #checks: number;

  constructor(
    manager: MemberDeskManager,
    joined: (addition: Addition, outcome: JoinOutcome) => void,
    state: MemberDeskState = { current: undefined, queue: [], checks: 0 },
  ) {
    this.#manager = manager;
    this.#joined = joined;
    this.#current = state.current;
    this.#queue = [...state.queue];
    this.#checks = state.checks;
  }

  add(node: string, via: string, attempt: number): void {
    this.#queue.push({ kind: 'add', node, via, attempt, until: this.#manager.now + JOIN_LIMIT });
    this.#next();
  }

  remove(member: MemberId): void {
    this.#queue.push({ kind: 'remove', member });
    this.#next();
  }

  /** A machine that wants to join was asked whether it is there. */
  reached(check: number, isThere: boolean): void {
    const current = this.#current;
    if (current?.operation.kind !== 'add' || current.change || check !== this.#checks) return;
    const { operation } = current;
    if (!isThere) return this.#end({ refused: UNREACHABLE });
    this.#manager.cancel(current.timer);
    this.#propose(operation, { kind: 'add', member: this.#manager.newMember(operation.node) });
  }

  /** A change has been applied. */
  changed({ kind, member }: ConfChange): void {
    const change = this.#current?.change;
    if (change?.kind === kind && change.member === member) this.#end({ member, members: this.#manager.members });
  }

  timedOut(): void {
    this.#end({ refused: this.#current?.change ? 'context deadline exceeded' : UNREACHABLE });
  }

  /** Leadership is lost, and with it everything that was to be done. Those who asked will ask again. */
  clear(): void {
    if (this.#current) this.#manager.cancel(this.#current.timer);
    this.#current = undefined;
    this.#queue = [];
  }

  checkpoint(): MemberDeskState {
    return { current: this.#current, queue: [...this.#queue], checks: this.#checks };
  }

  #next(): void {
    const manager = this.#manager;
    while (!this.#current) {
      const operation = this.#queue.shift();
      if (!operation) return;
      if (operation.kind === 'remove') {
        if (manager.canRemove(operation.member)) this.#propose(operation, { kind: 'remove', member: operation.member });
        continue;
      }
      const member = manager.memberOf(operation.node);
      // A node that is a member already keeps its id: adding it once more would spoil the quorum.
      if (member !== undefined) this.#joined(operation, { member, members: manager.members });
      else if (operation.until <= manager.now) this.#joined(operation, { refused: 'context deadline exceeded' });
      else {
        this.#checks += 1;
        this.#current = { operation, change: undefined, timer: manager.wake(REACH_LIMIT) };
        manager.reach(operation.node, this.#checks);
      }
    }
  }

  #propose(operation: Operation, change: ConfChange): void {
    const limit = operation.kind === 'add' ? Math.max(0, operation.until - this.#manager.now) : REMOVAL_LIMIT;
    this.#current = { operation, change, timer: this.#manager.wake(limit) };
    this.#manager.change(change);
  }

  #end(outcome: JoinOutcome): void {
    const current = this.#current;
    if (!current) return;
    this.#current = undefined;
    this.#manager.cancel(current.timer);
    if (current.operation.kind === 'add') this.#joined(current.operation, outcome);
    this.#next();
  }
}
