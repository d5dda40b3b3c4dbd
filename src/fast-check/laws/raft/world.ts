/** Members, a network that loses and reorders, disks that survive crashes, and somebody who breaks things. */
import {
  type MemberId,
  type Message,
  persistedOf,
  Raft,
  type RaftCheckpoint,
  type RaftOptions,
} from '../../../raft/index.ts';
import { Checker, check } from './checker.ts';
import { Member, type MemberOptions } from './member.ts';

export interface WorldOptions extends Omit<RaftOptions, 'id' | 'random'> {
  readonly electionTicks: number;
  readonly peers: number;
  readonly seed: number;
  /** Work waits for an operation of its own, and may be cut short by a crash between its two halves. */
  readonly lazy: boolean;
}

interface Host {
  member: Member;
  isUp: boolean;
  /** The first half of its work is done, the advance is not. */
  isMidWork: boolean;
}

export class World {
  readonly #options: WorldOptions;
  readonly #checker = new Checker();
  readonly #hosts = new Map<MemberId, Host>();
  readonly #removed = new Set<MemberId>();
  #network: Message<string, string>[] = [];
  /** Messages that even a quiet time does not bring in. */
  #late: Message<string, string>[] = [];
  #sides: ReadonlySet<MemberId> = new Set();
  #proposals = 0;
  #randomState: number;
  /** Every message that was ever sent, for comparing runs. */
  readonly sent: Message<string, string>[] = [];
  readonly #checkpoints: [RaftCheckpoint, string][] = [];
  /** Whether `checkpoint` replaces members by what it restores. Otherwise it does nothing. */
  readonly #restores: boolean;

  constructor(options: WorldOptions, restores = false) {
    this.#options = options;
    this.#restores = restores;
    this.#randomState = options.seed;
    const peers = Array.from({ length: options.peers }, (_, position) => position + 1);
    for (const id of peers) this.#start(new Member(this.#memberOptions(id), { peers }));
    for (const id of peers) this.#finishWork(this.#hosts.get(id)!);
  }

  idOf(a: number): MemberId {
    return [...this.#hosts.keys()][a % this.#hosts.size]!;
  }

  /** Does something on a member that is up, if the one chosen is. */
  on(a: number, act: (member: Member) => void): void {
    const host = this.#hosts.get(this.idOf(a))!;
    if (!host.isUp) return;
    act(host.member);
    if (!this.#options.lazy) this.#finishWork(host);
    this.#checker.afterStep(host.member, this.#members());
  }

  deliver(a: number): void {
    const message = this.#take(a);
    if (message) this.#arrive(message);
  }

  drop(a: number): void {
    const message = this.#take(a);
    if (message) this.#lose(message);
  }

  duplicate(a: number): void {
    if (this.#network.length > 0) this.#network.push(this.#network[a % this.#network.length]!);
  }

  /** Puts one message, or all from one on, aside until they arrive among those of later terms. */
  delay(a: number, b: number): void {
    const count = b % 2 === 0 ? 1 : this.#network.length;
    this.#late.push(...this.#network.splice(a % Math.max(1, this.#network.length), count));
  }

  deliverLate(a: number): void {
    for (const message of this.#late.splice(a % Math.max(1, this.#late.length), 4)) this.#arrive(message);
  }

  tick(a: number, count: number): void {
    for (let tick = 0; tick < count; tick += 1) this.on(a, (member) => member.raft.tick());
  }

  /** A quiet time: all work is done at once, nothing is lost but to crashes and cuts. */
  pass(ticks: number): void {
    for (let tick = 0; tick < ticks; tick += 1) {
      for (let position = 0; position < this.#hosts.size; position += 1) this.tick(position, 1);
      this.#settle();
    }
  }

  /** Half of a member's work, in the lazy mode. */
  work(a: number): void {
    const host = this.#hosts.get(this.idOf(a))!;
    if (!host.isUp) return;
    if (host.isMidWork || host.member.raft.hasReady()) this.#halfOfWork(host);
    this.#checker.afterStep(host.member, this.#members());
  }

  propose(a: number): void {
    this.#proposals += 1;
    const data = `p${this.#proposals}`;
    this.on(a, (member) => void member.raft.propose(data));
  }

  /** The leader is asked to add a member, which starts with an empty disk. */
  add(): void {
    if (this.#hosts.size >= this.#options.peers + 3) return;
    const id = this.#hosts.size + 1;
    this.#start(new Member(this.#memberOptions(id), { disk: persistedOf() }));
    this.#onLeader(({ raft }) => void raft.proposeConfChange({ kind: 'add', member: id }));
  }

  /** The leader is asked to remove a member. It may not remove the last one; and it knows best who is left. */
  remove(a: number): void {
    this.#onLeader(({ raft }) => {
      const member = raft.voters[a % raft.voters.length]!;
      if (raft.voters.length > 1) void raft.proposeConfChange({ kind: 'remove', member });
    });
  }

  /** What was not written is lost. */
  crash(a: number): void {
    const host = this.#hosts.get(this.idOf(a))!;
    host.isUp = false;
    host.isMidWork = false;
  }

  restart(a: number): void {
    const host = this.#hosts.get(this.idOf(a))!;
    if (!host.isUp) this.#start(new Member(host.member.options, { disk: host.member.disk }));
  }

  /** Cuts the members into two sides, by the bits of `a`; 0 joins them. */
  partition(a: number): void {
    this.#sides = new Set([...this.#hosts.keys()].filter((id) => (a >> (id % 8)) & 1));
  }

  /** Cuts the leader off, so that its log and that of its successor part. */
  isolate(): void {
    const leader = this.#leader();
    if (leader) this.#sides = new Set([leader.member.raft.id]);
  }

  /** Goes through a checkpoint and back, half of the time as text. */
  checkpoint(a: number, b: number): void {
    const { member, isUp } = this.#hosts.get(this.idOf(a))!;
    if (!this.#restores || !isUp) return;
    const checkpoint = member.raft.checkpoint();
    const text = JSON.stringify(checkpoint);
    this.#checkpoints.push([checkpoint, text]);
    member.raft = Raft.restore(member.options, b % 2 === 0 ? checkpoint : JSON.parse(text));
  }

  /** What the checkpoints held when they were made, beside what they hold now. */
  checkpoints(): { readonly made: unknown[]; readonly now: unknown[] } {
    return {
      made: this.#checkpoints.map(([, text]) => text),
      now: this.#checkpoints.map(([checkpoint]) => JSON.stringify(checkpoint)),
    };
  }

  /**
   * After all breakage ends: everybody who was not removed comes up and can be reached, and time passes. There must
   * be one leader, everybody must have the same log and know that it is committed, and nothing committed is gone.
   */
  recover(): void {
    this.#sides = new Set();
    this.#network.push(...this.#late.splice(0));
    for (const [position, id] of [...this.#hosts.keys()].entries()) {
      if (this.#removed.has(id)) this.crash(position);
      else this.restart(position);
    }
    let problem: string | undefined = 'not tried';
    for (let attempt = 0; problem !== undefined && attempt < 40; attempt += 1) {
      this.pass(this.#options.electionTicks);
      // What was learnt about removals is acted on, as by a Swarm manager that hears of its own.
      for (const [position, id] of [...this.#hosts.keys()].entries()) if (this.#removed.has(id)) this.crash(position);
      problem = this.#unrecovered();
    }
    if (this.#waitsForRemoved()) return;
    check(problem === undefined, `after recovery ${problem}\n${this.describe()}`);
  }

  /**
   * Raft's own limit: a member that has applied its removal does not stand for election, and one that has not may
   * need its vote, without ever getting it where its log is longer. Swarm's leader therefore hands over before it is
   * removed.
   */
  #waitsForRemoved(): boolean {
    const all = [...this.#hosts.values()].map(({ member }) => member);
    const retired = all.filter(({ voters, raft }) => voters.length > 0 && !voters.includes(raft.id));
    return all.some(
      (member) => !retired.includes(member) && retired.some(({ raft }) => member.voters.includes(raft.id)),
    );
  }

  #unrecovered(): string | undefined {
    const leaders = this.#up().filter(({ raft }) => raft.role === 'leader');
    const leader = leaders[0]?.raft;
    if (leader === undefined || leaders.length > 1) return `there are ${leaders.length} leaders`;
    if (leader.committed < this.#checker.highestCommitted) return 'the leader does not know of all that is committed';
    for (const id of leader.voters) {
      const { raft, applied } = this.#hosts.get(id)!.member;
      if (raft.lastIndex !== leader.lastIndex || raft.termAt(raft.lastIndex) !== leader.termAt(leader.lastIndex))
        return `member ${id} has another log than the leader`;
      if (raft.term !== leader.term || raft.leader !== leader.id) return `member ${id} does not follow the leader`;
      if (applied.index !== leader.lastIndex) return `member ${id} applied ${applied.index} of ${leader.lastIndex}`;
    }
    return undefined;
  }

  describe(): string {
    const lines = [...this.#hosts].map(([id, { member, isUp }]) => {
      const { role, term, committed, applied, lastIndex, voters, progress } = member.raft.status();
      const seen = progress.map((p) => `${p.id}:${p.state}${p.paused ? '!' : ''} ${p.match}/${p.next}`).join(' ');
      return `  ${id} ${isUp ? role : 'down'} term ${term} committed ${committed} applied ${applied} last ${lastIndex} of [${voters}] ${seen}`;
    });
    return [...lines, `  removed: ${[...this.#removed]}`].join('\n');
  }

  /** The whole state as plain data. */
  state(): unknown {
    const hosts = [...this.#hosts.values()];
    return JSON.parse(JSON.stringify(hosts.map(({ member, isUp }) => [isUp, member.disk, member.raft.checkpoint()])));
  }

  #memberOptions(id: MemberId): MemberOptions {
    const { peers: _, seed: __, lazy: ___, ...options } = this.#options;
    return {
      ...options,
      id,
      random: (below) => this.#random(below),
      sendsCurrentVoters: true,
      campaignsOnRemoval: false,
    };
  }

  /** Mulberry32: members share it, so consecutive draws must not be related. */
  #random(below: number): number {
    this.#randomState = (this.#randomState + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#randomState ^ (this.#randomState >>> 15), this.#randomState | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  #start(member: Member): void {
    this.#hosts.set(member.raft.id, { member, isUp: true, isMidWork: false });
    this.#checker.afterStart(member);
    this.#checker.afterStep(member, this.#members());
  }

  #onLeader(act: (member: Member) => void): void {
    const leader = this.#leader();
    if (leader) this.on([...this.#hosts.values()].indexOf(leader), act);
  }

  /** Of several that believe to lead, the one with the highest term. */
  #leader(): Host | undefined {
    return [...this.#hosts.values()]
      .filter(({ member, isUp }) => isUp && member.raft.role === 'leader')
      .sort((a, b) => b.member.raft.term - a.member.raft.term)[0];
  }

  #finishWork(host: Host): void {
    while (host.isMidWork || host.member.raft.hasReady()) this.#halfOfWork(host);
  }

  #halfOfWork(host: Host): void {
    const { member } = host;
    if (host.isMidWork) member.raft.advance();
    else {
      const voters = member.voters;
      const round = member.handleReady();
      this.#checker.afterRound(member, round, voters);
      this.#network.push(...round.sent);
      this.sent.push(...round.sent);
      for (const entry of round.ready.committed) {
        if (entry.kind !== 'conf-change' || entry.change.kind !== 'remove') continue;
        // As long as nobody else knows of a removal, the one removed may be needed to commit it for the others.
        if (entry.change.member !== member.raft.id) this.#removed.add(entry.change.member);
      }
    }
    host.isMidWork = !host.isMidWork;
  }

  #settle(): void {
    for (;;) {
      for (const host of this.#hosts.values()) {
        if (!host.isUp) continue;
        this.#finishWork(host);
        this.#checker.afterStep(host.member, this.#members());
      }
      if (this.#network.length === 0) return;
      const messages = this.#network;
      this.#network = [];
      for (const message of messages) this.#arrive(message);
    }
  }

  #take(a: number): Message<string, string> | undefined {
    return this.#network.splice(a % Math.max(1, this.#network.length), 1)[0];
  }

  #arrive(message: Message<string, string>): void {
    const host = this.#hosts.get(message.to);
    if (!host?.isUp || this.#sides.has(message.from) !== this.#sides.has(message.to)) {
      this.#lose(message);
      return;
    }
    this.on([...this.#hosts.keys()].indexOf(message.to), ({ raft }) => void raft.step(message));
    this.#report(message, 'sent');
  }

  #lose(message: Message<string, string>): void {
    this.#report(message, 'failed');
  }

  /** A transport tells what became of a snapshot: without that its sender would wait for ever. */
  #report(message: Message<string, string>, outcome: 'sent' | 'failed'): void {
    if (message.type !== 'snapshot') return;
    this.on([...this.#hosts.keys()].indexOf(message.from), ({ raft }) => raft.reportSnapshot(message.to, outcome));
  }

  #up(): Member[] {
    return [...this.#hosts.values()].filter(({ isUp }) => isUp).map(({ member }) => member);
  }

  #members(): ReadonlyMap<MemberId, Member> {
    return new Map([...this.#hosts].map(([id, { member }]) => [id, member]));
  }
}
