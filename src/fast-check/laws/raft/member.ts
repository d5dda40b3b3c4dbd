/**
 * A member with a disk and an application around it: does what a ready asks for, in the order that `Ready` gives.
 * The application keeps what it applied and takes snapshots whose data is `s` and the index.
 */
import {
  type ConfChange,
  type Entry,
  type MemberId,
  type Message,
  type Persisted,
  persist,
  persistedOf,
  persistSnapshot,
  Raft,
  type RaftOptions,
  type Ready,
  type Refusal,
  type Snapshot,
} from '../../../raft/index.ts';

/** What one round did. */
export interface Round {
  readonly ready: Ready;
  readonly sent: readonly Message<string, string>[];
  /** The outcomes of the campaigns that the application asked for. */
  readonly campaigns: readonly { readonly at: number; readonly role: string; readonly term: number }[];
}

export interface MemberOptions extends RaftOptions {
  /** A snapshot leaves with the membership that its sender has applied, as in swarmkit, not with its own. */
  readonly sendsCurrentVoters: boolean;
  /** The application campaigns when it is about to apply the removal of the leader, as in swarmkit. */
  readonly campaignsOnRemoval: boolean;
}

export class Member {
  readonly options: MemberOptions;
  disk: Persisted;
  raft: Raft;
  /** The last entry or snapshot that the application has. */
  applied: { readonly index: number; readonly term: number };
  voters: readonly MemberId[];

  constructor(options: MemberOptions, start: { readonly peers: readonly MemberId[] } | { readonly disk: Persisted }) {
    this.options = options;
    this.disk = 'disk' in start ? start.disk : persistedOf();
    this.raft = 'disk' in start ? Raft.start(options, start.disk) : Raft.bootstrap(options, start.peers);
    this.applied = { index: this.disk.snapshot?.index ?? 0, term: this.disk.snapshot?.term ?? 0 };
    this.voters = this.disk.snapshot?.voters ?? [];
  }

  /** Everything of a round but its end, `raft.advance()`. */
  handleReady(): Round {
    const ready = this.raft.ready();
    this.disk = persist(this.disk, ready);
    const sent = this.options.sendsCurrentVoters
      ? ready.messages.map((message) => this.#withVoters(message))
      : ready.messages;
    if (ready.snapshot) {
      this.applied = { index: ready.snapshot.index, term: ready.snapshot.term };
      this.voters = ready.snapshot.voters;
    }
    const campaigns: Round['campaigns'][number][] = [];
    for (const entry of ready.committed) {
      if (entry.kind === 'conf-change') {
        if (this.#removesLeader(entry.change)) {
          this.raft.campaign();
          campaigns.push({ at: entry.index, role: this.raft.role, term: this.raft.term });
        }
        this.voters = this.raft.applyConfChange(entry.change);
      }
      this.applied = entry;
    }
    return { ready, sent, campaigns };
  }

  /** Rounds until there is nothing left to do. */
  settle(): Round[] {
    const rounds: Round[] = [];
    while (this.raft.hasReady()) {
      rounds.push(this.handleReady());
      this.raft.advance();
    }
    return rounds;
  }

  takeSnapshot(keep: number): Snapshot<string> | Refusal {
    const snapshot = { ...positionOf(this.applied), voters: this.voters, data: `s${this.applied.index}` };
    const refusal = this.raft.compact(snapshot, keep);
    if (refusal) return refusal;
    this.disk = persistSnapshot(this.disk, snapshot);
    return snapshot;
  }

  #removesLeader({ kind, member }: ConfChange): boolean {
    return (
      this.options.campaignsOnRemoval && kind === 'remove' && member === this.raft.leader && member !== this.raft.id
    );
  }

  #withVoters(message: Message<string, string>): Message<string, string> {
    return message.type === 'snapshot'
      ? { ...message, snapshot: { ...message.snapshot, voters: this.voters } }
      : message;
  }
}

function positionOf({ index, term }: Pick<Entry<string>, 'index' | 'term'>): { index: number; term: number } {
  return { index, term };
}
