/** How the raft traces write down what our types hold. Absent means zero, empty or false. */
import type { ConfChange, Entry, Message, Raft, Snapshot } from '../../../src/raft/index.ts';

type WireMessage = Message<string, string>;

/** [term, index, type, data] */
export type TraceEntry = readonly [number, number, number, string];

export interface Trace {
  readonly name: string;
  readonly config: Config;
  readonly steps: readonly Step[];
  readonly final: readonly unknown[];
}

interface Config {
  readonly electionTick: number;
  readonly heartbeatTick: number;
  readonly checkQuorum: boolean;
  readonly preVote: boolean;
  readonly maxSizePerMsg: number | 'unlimited';
  readonly maxCommittedSizePerReady: number | 'unlimited';
  readonly maxInflightMsgs: number;
  readonly stepDownOnRemoval: boolean;
  readonly snapConfStateIsCurrent: boolean;
  readonly hupOnRemoval: boolean;
  readonly mode: 'auto' | 'manual' | 'split';
}

/** An operation with its parameters, among the recorded fields. */
export interface Step {
  readonly op: string;
  readonly n: number;
  readonly peers?: readonly number[];
  readonly from?: {
    readonly hs: readonly [number, number, number];
    readonly snap: TraceSnapshot;
    readonly log: TraceEntry[];
  };
  readonly k?: number;
  readonly data?: string;
  readonly kind?: ConfChange['kind'];
  readonly target?: number;
  readonly to?: number;
  readonly m?: number;
  readonly ms?: readonly number[];
  readonly as?: number;
  readonly keep?: number;
  readonly rt?: readonly number[];
}

const CODES: Record<WireMessage['type'], string> = {
  vote: 'Vote',
  'vote-response': 'VoteResp',
  'pre-vote': 'PreVote',
  'pre-vote-response': 'PreVoteResp',
  append: 'App',
  'append-response': 'AppResp',
  heartbeat: 'Heartbeat',
  'heartbeat-response': 'HeartbeatResp',
  snapshot: 'Snap',
  'timeout-now': 'TimeoutNow',
  'transfer-leader': 'TransferLeader',
  propose: 'Prop',
};

export function traceEntry(entry: Entry<string>): TraceEntry {
  return [entry.term, entry.index, ...contentOf(entry)];
}

export function entryOfTrace([term, index, type, data]: TraceEntry): Entry<string> {
  if (type === 0) return { kind: 'normal', term, index, data: data === '' ? undefined : data, bytes: data.length };
  const [kind, member] = data.split(' ');
  // The traces' ids are below 128, where an encoded change has six bytes.
  return {
    kind: 'conf-change',
    term,
    index,
    change: { kind: kind as ConfChange['kind'], member: Number(member) },
    bytes: 6,
  };
}

export interface TraceSnapshot {
  readonly ix: number;
  readonly tm: number;
  readonly cs: readonly number[];
  readonly data: string;
}

export function traceSnapshot(snapshot: Snapshot<string>): TraceSnapshot {
  return { ix: snapshot.index, tm: snapshot.term, cs: snapshot.voters, data: snapshot.data };
}

export function snapshotOfTrace({ ix, tm, cs, data }: TraceSnapshot): Snapshot<string> {
  return { index: ix, term: tm, voters: cs, data };
}

export function traceMessage(id: number, message: WireMessage): Record<string, unknown> {
  const head = { m: id, ty: CODES[message.type], fr: message.from, to: message.to, tm: message.term };
  return { ...head, ...withoutZeros(fieldsOf(message)) };
}

const ROLES = { follower: 'F', candidate: 'C', 'pre-candidate': 'P', leader: 'L' };

export function traceRole(role: string): string {
  return ROLES[role as Raft['role']];
}

export function traceState(raft: Raft): readonly unknown[] {
  const s = raft.status();
  return [
    traceRole(s.role),
    s.term,
    s.vote,
    s.committed,
    s.applied,
    s.leader,
    s.lastIndex,
    s.lastTerm,
    s.firstIndex,
    s.electionElapsed,
    s.heartbeatElapsed,
  ];
}

const PROGRESS = { probe: 'P', replicate: 'R', snapshot: 'S' };

export function traceProgress(raft: Raft): Record<string, readonly unknown[]> {
  return Object.fromEntries(
    raft
      .status()
      .progress.map((p) => [
        p.id,
        [
          PROGRESS[p.state],
          p.match,
          p.next,
          Number(p.recentActive),
          Number(p.paused),
          p.inflight.length,
          p.pendingSnapshot,
          p.sentCommit,
        ],
      ]),
  );
}

function fieldsOf(message: WireMessage): Record<string, unknown> {
  switch (message.type) {
    case 'vote':
    case 'pre-vote':
      return { lt: message.lastTerm, ix: message.lastIndex, cx: message.forced ? 'CampaignTransfer' : '' };
    case 'vote-response':
    case 'pre-vote-response':
      return { rj: message.rejected };
    case 'append':
      return { lt: message.prevTerm, ix: message.prevIndex, cm: message.commit, en: message.entries.map(traceEntry) };
    case 'append-response':
      return { lt: message.hintTerm, ix: message.index, rj: message.rejected, rh: message.hintIndex };
    case 'heartbeat':
      return { cm: message.commit };
    case 'snapshot':
      return { sn: traceSnapshot(message.snapshot) };
    case 'propose':
      return { en: [[0, 0, ...contentOf(message.payload)]] };
    default:
      return {};
  }
}

function contentOf(
  payload:
    | Pick<Entry<string> & { kind: 'normal' }, 'kind' | 'data'>
    | Pick<Entry<string> & { kind: 'conf-change' }, 'kind' | 'change'>,
): [number, string] {
  return payload.kind === 'normal' ? [0, payload.data ?? ''] : [1, `${payload.change.kind} ${payload.change.member}`];
}

function withoutZeros(fields: Record<string, unknown>): Record<string, unknown> {
  const isZero = (value: unknown) =>
    value === 0 || value === '' || value === false || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isZero(value)));
}
