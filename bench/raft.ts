/**
 * What raft costs: `npx tsx bench/raft.ts`. Three members with their full protocol, each with a disk that
 * is written in every round, against a floor: a loop that moves the same kind of messages with next to no protocol.
 * Both take their turn in one process over the same queue and links, and the median of the rounds is given, so
 * that the ratio holds on a slow or busy machine. Exits with 1 if the gate fails.
 */
import { type Message, type Persisted, persist, persistedOf, persistSnapshot, Raft } from '../src/raft/index.ts';
import { EventQueue, Priority } from '../src/sim/index.ts';

const ROUNDS = 9;
const WARM_UPS = 2;
const MESSAGES = 1_000_000;
const PEERS = [1, 2, 3];
const SNAPSHOT_INTERVAL = 10_000;
const KEPT_ENTRIES = 500;
/** Messages per second that raft must move, and how many times the floor's time a message should take at most. */
const GATE = 1e6;
const AIM = 3;

type Load = '1 proposal in flight' | '64 in flight' | 'idle';
const LOADS: readonly Load[] = ['1 proposal in flight', '64 in flight', 'idle'];

/** Moves about `MESSAGES` messages and returns how many there were. */
type Subject = (load: Load) => number;

/** Links with latencies of 1 to 3 ms that keep their order, as swarmkit's transport does. */
class Links {
  #state = 1;
  readonly #lastArrivals = new Float64Array((PEERS.length + 1) ** 2);

  /** When a message that leaves at `now` arrives, in microseconds. */
  arrival(now: number, from: number, to: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    const link = from * (PEERS.length + 1) + to;
    const at = Math.max(now + 1000 + (this.#state % 2001), this.#lastArrivals[link]!);
    this.#lastArrivals[link] = at;
    return at;
  }
}

type Arrival = { readonly kind: 'message'; readonly message: Message<string, string> } | { readonly kind: 'tick' };

/** The real thing: elections, terms, quorum checks, flow control, a write to disk in each round, compaction. */
function raftCluster(load: Load): number {
  const queue = new EventQueue<Arrival>();
  const links = new Links();
  const members = PEERS.map((id) => Raft.bootstrap({ id, random: (below) => (id * 3) % below }, PEERS));
  const disks: Persisted[] = PEERS.map(() => persistedOf());
  const applied = PEERS.map(() => 0);
  const window = load === '64 in flight' ? 64 : 1;
  let now = 0;
  let sent = 0;
  let proposed = 0;

  function settle(position: number): void {
    const member = members[position]!;
    while (member.hasReady()) {
      const ready = member.ready();
      disks[position] = persist(disks[position]!, ready);
      for (const message of ready.messages) {
        sent += 1;
        queue.push(links.arrival(now, message.from, message.to), Priority.normal, { kind: 'message', message });
      }
      for (const entry of ready.committed) {
        if (entry.kind === 'conf-change') member.applyConfChange(entry.change);
        else if (entry.data !== undefined) applied[position]! += 1;
        if (entry.index % SNAPSHOT_INTERVAL === 0) snapshot(position, entry.index, entry.term);
      }
      member.advance();
    }
  }

  function snapshot(position: number, index: number, term: number): void {
    const taken = { index, term, voters: PEERS, data: 'image' };
    members[position]!.compact(taken, KEPT_ENTRIES);
    disks[position] = persistSnapshot(disks[position]!, taken);
  }

  function propose(): void {
    for (const leader = members[0]!; proposed - applied[0]! < window; proposed += 1) {
      if (leader.propose('64 bytes of data, more or less, as a small change of a task is.'))
        throw new Error('no leader');
    }
    settle(0);
  }

  for (let position = 0; position < PEERS.length; position += 1) settle(position);
  members[0]!.campaign();
  settle(0);
  if (load === 'idle') queue.push(1_000_000, Priority.normal, { kind: 'tick' });
  while (sent < MESSAGES) {
    if (load !== 'idle' && members[0]!.role === 'leader') propose();
    now = queue.peek()!;
    const arrival = queue.pop()!;
    if (arrival.kind === 'message') {
      members[arrival.message.to - 1]!.step(arrival.message);
      settle(arrival.message.to - 1);
    } else {
      for (let position = 0; position < PEERS.length; position += 1) {
        members[position]!.tick();
        settle(position);
      }
      queue.push(now + 1_000_000, Priority.normal, { kind: 'tick' });
    }
  }
  return sent;
}

interface FloorMessage {
  readonly kind: 'append' | 'ack' | 'gap' | 'heartbeat' | 'alive' | 'tick';
  readonly from: number;
  readonly to: number;
  readonly term: number;
  readonly index: number;
  readonly commit: number;
  readonly entries: readonly FloorEntry[];
  readonly sentAt: number;
}

interface FloorEntry {
  readonly term: number;
  readonly data: string;
}

interface FloorPeer {
  readonly log: FloorEntry[];
  readonly match: number[];
  commit: number;
}

/** The floor: logs, majority commit and a resend on a gap, without elections, terms, disks, flow control or compaction. */
function messageFloor(load: Load): number {
  const queue = new EventQueue<FloorMessage>();
  const links = new Links();
  const peers = PEERS.map((): FloorPeer => ({ log: [], match: [0, 0, 0], commit: 0 }));
  const leader = peers[0]!;
  const window = load === '64 in flight' ? 64 : 1;
  let now = 0;
  let sent = 0;

  function send(kind: FloorMessage['kind'], from: number, to: number, index: number, entries: FloorEntry[]): void {
    sent += 1;
    const message = { kind, from, to, term: 1, index, commit: leader.commit, entries, sentAt: now };
    queue.push(links.arrival(now, from, to), Priority.normal, message);
  }

  function propose(): void {
    const entry = { term: 1, data: 'x' };
    const index = leader.log.push(entry);
    leader.match[0] = index;
    for (let to = 1; to < PEERS.length; to += 1) send('append', 0, to, index, [entry]);
  }

  function append(peer: FloorPeer, { to, index, entries, commit }: FloorMessage): void {
    const last = peer.log.length;
    if (index > last + 1) send('gap', to, 0, last + 1, []);
    else {
      if (index === last + 1) peer.log.push(...entries);
      peer.commit = Math.min(commit, peer.log.length);
      send('ack', to, 0, peer.log.length, []);
    }
  }

  function handle(message: FloorMessage): void {
    switch (message.kind) {
      case 'append':
        append(peers[message.to]!, message);
        break;
      case 'gap':
        send('append', 0, message.from, message.index, leader.log.slice(message.index - 1, message.index));
        break;
      case 'ack':
        leader.match[message.from] = Math.max(leader.match[message.from]!, message.index);
        leader.commit = Math.max(leader.commit, leader.match.slice().sort((a, b) => a - b)[1]!);
        break;
      case 'heartbeat':
        send('alive', message.to, 0, 0, []);
        break;
      case 'tick':
        for (let to = 1; to < PEERS.length; to += 1) send('heartbeat', 0, to, 0, []);
        queue.push(now + 1_000_000, Priority.normal, message);
        break;
      case 'alive':
        break;
    }
  }

  if (load === 'idle') {
    const tick = { kind: 'tick', from: 0, to: 0, term: 1, index: 0, commit: 0, entries: [], sentAt: 0 } as const;
    queue.push(1_000_000, Priority.normal, tick);
  }
  while (sent < MESSAGES) {
    if (load !== 'idle') while (leader.log.length - leader.commit < window) propose();
    now = queue.peek()!;
    handle(queue.pop()!);
  }
  return sent;
}

/** Nanoseconds of processor time a message of one run: unlike the clock's, they do not count what other programs do. */
function time(subject: Subject, load: Load): number {
  const start = process.cpuUsage();
  const messages = subject(load);
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1000) / messages;
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

let failed = false;
for (const load of LOADS) {
  const raft: number[] = [];
  const floor: number[] = [];
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    const times = [time(raftCluster, load), time(messageFloor, load)] as const;
    if (round < 0) continue;
    raft.push(times[0]);
    floor.push(times[1]);
  }
  const perSecond = 1e9 / median(raft);
  const ratio = median(raft) / median(floor);
  const passes = perSecond >= GATE;
  if (!passes) failed = true;
  console.log(
    `${load.padEnd(22)} ${(perSecond / 1e6).toFixed(2)} M messages/s (gate ${GATE / 1e6} M: ${passes ? 'passed' : 'FAILED'})` +
      `   ${median(raft).toFixed(0)} ns against ${median(floor).toFixed(0)} ns of the floor: ` +
      `${ratio.toFixed(2)}x (aim ${AIM}x: ${ratio <= AIM ? 'reached' : 'missed'})`,
  );
}
process.exitCode = failed ? 1 : 0;
