/** Managers' raft members around stores of their own. Messages wait until a test delivers them, disks until it writes. */
import {
  type LogPlace,
  type ManagerDisk,
  type ManagerMessage,
  type Proposal,
  RaftMember,
  type Start,
} from '../../src/manager/index.ts';
import type { ConfChange, MemberId, Role } from '../../src/raft/index.ts';
import { MemoryStore, type SealedTransaction, type Transaction } from '../../src/store/index.ts';

export class DrivenMember {
  readonly store = new MemoryStore();
  readonly member: RaftMember;
  /** What it wanted sent and nobody has delivered. */
  readonly outbox: ManagerMessage[] = [];
  readonly roles: Role[] = [];
  readonly signals: boolean[] = [];
  readonly replicated: LogPlace[] = [];
  readonly changes: ConfChange[] = [];
  isRemoved = false;
  /** Writes take time until {@link RaftMember.written} is called. */
  isDiskSlow = false;
  now = 0;
  /** Whom its transport counts as active. */
  active: readonly MemberId[] = [1, 2, 3, 4, 5];
  #open: SealedTransaction | undefined;

  constructor(start: Start) {
    const driven = this;
    this.member = new RaftMember(
      {
        electionTicks: 10,
        heartbeatTicks: 1,
        store: this.store,
        ports: {
          get now() {
            return driven.now;
          },
          random: (below) => (3 * start.id) % below,
          send: (message) => void this.outbox.push(message),
          beginWrite: () => this.isDiskSlow,
          isActive: (member) => this.active.includes(member),
          roleChanged: (role) => void this.roles.push(role),
          leadershipChanged: (isLeader) => {
            this.signals.push(isLeader);
            if (!isLeader) this.#open = undefined;
          },
          proposalCommitted: () => this.#commit(),
          applied: (_proposal: Proposal, place, by) => {
            if (by === 'store') this.replicated.push(place);
          },
          membershipChanged: (change) => void this.changes.push(change),
          removed: () => {
            this.isRemoved = true;
          },
        },
      },
      start,
    );
    this.member.start();
  }

  get disk(): ManagerDisk {
    return this.member.disk;
  }

  /** What is in the store, as names. */
  get services(): readonly string[] {
    return this.store.services.all().map(({ spec }) => spec.name);
  }

  /** Writes as a leader's store does: the lock is held until the proposal is committed. */
  write(body: (tx: Transaction) => void): 'committed' | 'pending' | Error {
    const tx = this.store.begin(this.now, { version: this.member.version });
    body(tx);
    this.#open = tx.seal();
    const outcome = this.member.propose(this.#open);
    if (outcome === 'committed') this.#commit();
    else if (outcome !== 'pending') this.#open = undefined;
    return outcome;
  }

  createService(name: string): 'committed' | 'pending' | Error {
    const task = { container: { image: 'web:v1' }, forceUpdate: 0 };
    return this.write((tx) => {
      tx.services.create({ id: name, spec: { name, labels: {}, task, mode: { kind: 'replicated', replicas: 1 } } });
    });
  }

  #commit(): void {
    if (this.#open) this.store.commit(this.#open);
    this.#open = undefined;
  }
}

/** Delivers everything, until there is nothing more to deliver. Those who are not `members` get nothing. */
export function settle(...members: readonly DrivenMember[]): void {
  for (let isQuiet = false; !isQuiet; ) {
    isQuiet = true;
    for (const { outbox } of members) {
      for (const message of outbox.splice(0)) {
        isQuiet = false;
        members.find(({ member }) => member.id === message.to)?.member.step(message);
      }
    }
  }
}
