/**
 * Watches a cluster and throws at the first sign that raft's promises do not hold. It sees what a disk, a network and
 * an application see, and remembers it across crashes.
 */
import { type Entry, lastStoredIndex, type MemberId, type Message, NONE, type Raft } from '../../../raft/index.ts';
import type { Member, Round } from './member.ts';

/** What was seen of one running member last. */
interface Seen {
  readonly term: number;
  readonly committed: number;
  readonly isLeader: boolean;
  readonly lastIndex: number;
  readonly lastTerm: number;
}

export class Checker {
  readonly #leaders = new Map<number, MemberId>();
  /** By `index/term`: the entry and the term before it. */
  readonly #entries = new Map<string, string>();
  /** By index: the entry that some member applied. */
  readonly #applied = new Map<number, string>();
  /** By index: the term of the entry that is committed there, and the lowest term in which a member knew that. */
  readonly #committed = new Map<number, { readonly term: number; readonly knownIn: number }>();
  readonly #storedTerms = new Map<MemberId, number>();
  readonly #appliedBy = new Map<MemberId, number>();
  /** By `voter/term`: whom it told that it votes for. */
  readonly #votes = new Map<string, MemberId>();
  readonly #seen = new Map<MemberId, Seen>();

  /** The highest index that any member knew to be committed. */
  get highestCommitted(): number {
    return Math.max(0, ...this.#committed.keys());
  }

  /** To be called for every start. */
  afterStart({ raft, disk }: Member): void {
    this.#seen.delete(raft.id);
    this.#appliedBy.set(raft.id, disk.snapshot?.index ?? 0);
  }

  /** To be called for every round, before its messages reach the network. */
  afterRound(member: Member, round: Round, votersBefore: readonly MemberId[]): void {
    const { raft, disk } = member;
    for (const entry of round.ready.entries) this.#logMatching(raft, entry);
    for (const message of round.sent) {
      this.#durable(member, message);
      this.#oneVote(message);
    }
    let applied = this.#appliedBy.get(raft.id) ?? 0;
    if (round.ready.snapshot) {
      const { index, term } = round.ready.snapshot;
      check(index > applied, `member ${raft.id} went back from ${applied} to a snapshot at ${index}`);
      const known = this.#committed.get(index);
      check(
        known === undefined || known.term === term,
        `the snapshot at ${index} has term ${term}, not ${known?.term}`,
      );
      applied = index;
    }
    for (const entry of round.ready.committed) {
      check(entry.index === applied + 1, `member ${raft.id} applied ${entry.index} after ${applied}`);
      applied = entry.index;
      const text = textOf(entry);
      const other = this.#applied.get(entry.index) ?? text;
      check(other === text, `member ${raft.id} applied ${text} at ${entry.index}, another ${other}`);
      this.#applied.set(entry.index, text);
    }
    const last = lastStoredIndex(disk);
    check(applied <= last, `member ${raft.id} applied ${applied}, but only ${last} is on its disk`);
    const changed = [...member.voters, ...votersBefore].filter(
      (id) => member.voters.includes(id) !== votersBefore.includes(id),
    );
    const changes = round.ready.committed.filter((entry) => entry.kind === 'conf-change').length;
    // A member of a new cluster knows all its peers from the start, its application only from the first change on.
    if (!round.ready.snapshot && votersBefore.length > 0)
      check(changed.length <= changes, `${changes} changes turned members ${votersBefore} into ${member.voters}`);
    this.#appliedBy.set(raft.id, applied);
  }

  /** To be called for a member after everything that may have changed it. `everybody` includes members that are down. */
  afterStep(member: Member, everybody: ReadonlyMap<MemberId, Member>): void {
    const { raft } = member;
    const status = raft.status();
    const { id, term, committed, lastIndex } = status;
    const before = this.#seen.get(id);
    const storedTerm = member.disk.hardState.term;
    check(storedTerm >= (this.#storedTerms.get(id) ?? 0), `the stored term of member ${id} went down to ${storedTerm}`);
    this.#storedTerms.set(id, storedTerm);
    if (before) {
      check(term >= before.term, `the term of member ${id} went down to ${term}`);
      check(committed >= before.committed, `the commit index of member ${id} went down to ${committed}`);
    }
    check(status.applied <= committed, `member ${id} applied ${status.applied} of ${committed} committed`);
    check(committed <= lastIndex, `member ${id} committed ${committed} with a log to ${lastIndex}`);

    const isLeader = status.role === 'leader';
    if (isLeader) {
      const other = this.#leaders.get(term) ?? id;
      check(other === id, `members ${other} and ${id} both lead in term ${term}`);
      this.#leaders.set(term, id);
      const wasLeader = before?.isLeader && before.term === term;
      if (wasLeader) this.#appendOnly(raft, before);
      if (wasLeader && committed > before.committed)
        check(
          raft.termAt(committed) === term,
          `leader ${id} of term ${term} counted an entry of term ${raft.termAt(committed)}`,
        );
      if (!wasLeader) this.#leaderCompleteness(raft);
      this.#progress(member, everybody);
      this.#oneChangeAtATime(raft);
    }
    this.#noteCommitted(raft, before?.committed ?? 0);
    this.#seen.set(id, { term, committed, isLeader, lastIndex, lastTerm: status.lastTerm });
  }

  /** Two logs with the same entry at an index are the same up to there. */
  #logMatching(raft: Raft, entry: Entry<string>): void {
    const prevTerm = raft.termAt(entry.index - 1);
    // Truncated or compacted since: the entries that replaced it are handed out later.
    if (raft.termAt(entry.index) !== entry.term || prevTerm === undefined) return;
    const key = `${entry.index}/${entry.term}`;
    const text = `${textOf(entry)} after term ${prevTerm}`;
    const other = this.#entries.get(key) ?? text;
    check(other === text, `log matching at ${key}: member ${raft.id} has ${text}, another ${other}`);
    this.#entries.set(key, text);
  }

  /** No message reveals a vote or an acknowledgement before the disk holds it. */
  #durable({ disk, raft }: Member, message: Message<string, string>): void {
    const { term, vote } = disk.hardState;
    const last = lastStoredIndex(disk);
    const what = `member ${raft.id} sent ${message.type} of term ${message.term}`;
    const isPlan = message.type === 'pre-vote' || message.type === 'pre-vote-response' || message.type === 'propose';
    if (!isPlan) check(message.term <= term, `${what} before it stored the term`);
    // What the member knew in an earlier term may have been replaced since: it cannot harm any more.
    if (message.term !== term) return;
    if (message.type === 'vote') check(vote === raft.id, `${what} before it stored its vote`);
    if (message.type === 'vote-response' && !message.rejected)
      check(vote === message.to, `${what} before it stored its vote`);
    if (message.type === 'append-response' && !message.rejected)
      check(message.index <= last, `${what} for ${message.index} with ${last} on its disk`);
  }

  #oneVote(message: Message<string, string>): void {
    if (message.type !== 'vote' && (message.type !== 'vote-response' || message.rejected)) return;
    const candidate = message.type === 'vote' ? message.from : message.to;
    const key = `${message.from}/${message.term}`;
    const other = this.#votes.get(key) ?? candidate;
    check(other === candidate, `member ${message.from} votes for ${other} and ${candidate} in term ${message.term}`);
    this.#votes.set(key, candidate);
  }

  #appendOnly(raft: Raft, before: Seen): void {
    check(raft.lastIndex >= before.lastIndex, `leader ${raft.id} dropped entries after ${raft.lastIndex}`);
    const term = raft.termAt(before.lastIndex);
    check(term === undefined || term === before.lastTerm, `leader ${raft.id} replaced its entry ${before.lastIndex}`);
  }

  /** What was committed in earlier terms is in the log of every leader. */
  #leaderCompleteness(raft: Raft): void {
    const { firstIndex } = raft.status();
    for (const [index, { term, knownIn }] of this.#committed) {
      if (knownIn >= raft.term || index < firstIndex) continue;
      check(
        raft.termAt(index) === term,
        `leader ${raft.id} of term ${raft.term} lacks ${index}, committed with term ${term}`,
      );
    }
  }

  #progress({ raft }: Member, everybody: ReadonlyMap<MemberId, Member>): void {
    for (const { id, match, next } of raft.status().progress) {
      check(match < next, `leader ${raft.id}: match ${match}, next ${next} of member ${id}`);
      const disk = everybody.get(id)?.disk;
      if (disk === undefined || disk.hardState.term > raft.term) continue;
      const last = lastStoredIndex(disk);
      check(match <= last, `leader ${raft.id} counts ${match} on member ${id}, whose disk ends at ${last}`);
    }
  }

  /** A leader has at most one membership change of its own term that it has not applied, and none besides. */
  #oneChangeAtATime(raft: Raft): void {
    const pending = raft.entries(raft.applied + 1).filter((entry) => entry.kind === 'conf-change');
    if (pending.some((entry) => entry.term === raft.term))
      check(pending.length === 1, `leader ${raft.id} has ${pending.length} membership changes to apply`);
  }

  #noteCommitted(raft: Raft, from: number): void {
    for (let index = from + 1; index <= raft.committed; index += 1) {
      const term = raft.termAt(index);
      if (term === undefined) continue;
      const known = this.#committed.get(index);
      check((known?.term ?? term) === term, `entries of terms ${known?.term} and ${term} are committed at ${index}`);
      if (known === undefined || known.knownIn > raft.term) this.#committed.set(index, { term, knownIn: raft.term });
    }
  }
}

function textOf(entry: Entry<string>): string {
  const content = entry.kind === 'normal' ? entry.data : `${entry.change.kind} ${entry.change.member}`;
  return `${entry.term} ${content ?? NONE}`;
}

export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
