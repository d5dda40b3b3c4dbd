/**
 * Traces of etcd-io/raft: operations on members over a scripted network, and after each one what the member looked
 * like and what it emitted. Replayed with the recorded election timeouts; every recorded field is compared.
 */

import { Member, type MemberOptions, type Round } from '../../../src/fast-check/laws/raft/member.ts';
import { entriesOf, forceNewCluster, type Message, persistedOf } from '../../../src/raft/index.ts';
import { type Family, failed, firstDifference, isRecord, passed, type VectorCase, type Verdict } from '../family.ts';
import {
  entryOfTrace,
  type Step,
  snapshotOfTrace,
  type Trace,
  type TraceSnapshot,
  traceEntry,
  traceMessage,
  traceProgress,
  traceRole,
  traceSnapshot,
  traceState,
} from './raft-trace-format.ts';

const PARAMETERS = ['op', 'n', 'peers', 'from', 'k', 'data', 'kind', 'target', 'to', 'm', 'ms', 'as', 'keep'];

const STARTS = ['boot', 'load', 'join', 'restart', 'forcenew'];

export const raftTraces: Family = {
  name: 'raft traces',
  recognises: (content) => isRecord(content) && content.format === 'raft-trace-1',
  cases: (content) =>
    (content as { traces: readonly Trace[] }).traces.map(
      (trace): VectorCase => ({ id: trace.name, run: () => new Replay(trace).run() }),
    ),
};

/** What one operation did to the member it touched. */
interface Effects {
  readonly rounds: Round[];
  error?: string;
  snapshot?: TraceSnapshot;
  /** The membership was read from the disk. */
  loaded?: boolean;
}

class Replay {
  readonly #trace: Trace;
  readonly #members = new Map<number, Member>();
  readonly #up = new Set<number>();
  readonly #network = new Map<number, Message<string, string>>();
  #lastMessage = 0;
  /** Election timeouts that the step recorded and no member has drawn yet; those drawn. */
  #timeouts: number[] = [];
  #drawn: number[] = [];
  /** What was recorded last for a leader, by member and field. */
  readonly #recorded = new Map<string, string>();

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  run(): Verdict {
    for (const [position, step] of this.#trace.steps.entries()) {
      const expected = Object.fromEntries(Object.entries(step).filter(([field]) => !PARAMETERS.includes(field)));
      const difference = firstDifference(expected, this.#step(step), `steps[${position}]`);
      if (difference) return failed(difference);
    }
    const difference = firstDifference(this.#trace.final, this.#final(), 'final');
    return difference ? failed(difference) : passed;
  }

  /** Carries out a step and returns what is to be recorded of it. */
  #step(step: Step): Record<string, unknown> {
    this.#timeouts = [...(step.rt ?? [])];
    this.#drawn = [];
    switch (step.op) {
      case 'drop':
        for (const id of step.ms!) this.#network.delete(id);
        return {};
      case 'dup':
        this.#lastMessage += 1;
        this.#network.set(this.#lastMessage, this.#network.get(step.m!)!);
        return step.as === this.#lastMessage ? {} : { as: this.#lastMessage };
      case 'crash':
        this.#up.delete(step.n);
        return {};
      default: {
        const effects = this.#operate(step);
        return effects ? this.#record(step, effects) : {};
      }
    }
  }

  /** Undefined where the member is down. */
  #operate(step: Step): Effects | undefined {
    const effects: Effects = { rounds: [] };
    if (STARTS.includes(step.op)) {
      this.#members.set(step.n, this.#start(step));
      this.#up.add(step.n);
      effects.loaded = step.op !== 'boot' && step.op !== 'join';
    }
    const message = step.op === 'deliver' ? this.#take(step.m!) : undefined;
    if (!this.#up.has(step.n)) return undefined;
    const member = this.#members.get(step.n)!;
    const { raft } = member;
    const settle = () => {
      // A new cluster comes to rest in every mode.
      if (this.#trace.config.mode === 'auto' || step.op === 'boot') effects.rounds.push(...member.settle());
    };
    const refuse = (refusal: string | undefined) => {
      if (refusal !== undefined) effects.error = refusal;
    };
    switch (step.op) {
      case 'tick':
        for (let count = step.k ?? 1; count > 0; count -= 1) {
          raft.tick();
          settle();
        }
        break;
      case 'campaign':
        raft.campaign();
        break;
      case 'propose':
        refuse(raft.propose(step.data!));
        break;
      case 'conf':
        refuse(raft.proposeConfChange({ kind: step.kind!, member: step.target! }));
        break;
      case 'transfer':
        raft.transferLeadership(step.to!);
        break;
      case 'deliver':
        refuse(raft.step(message!));
        break;
      case 'unreachable':
        raft.reportUnreachable(step.to!);
        break;
      case 'snapok':
        raft.reportSnapshot(step.to!, 'sent');
        break;
      case 'snapfail':
        raft.reportSnapshot(step.to!, 'failed');
        break;
      case 'snap': {
        const taken = member.takeSnapshot(step.keep!);
        if (typeof taken === 'string') effects.error = taken;
        else effects.snapshot = traceSnapshot(taken);
        break;
      }
      case 'ready':
        effects.rounds.push(member.handleReady());
        if (this.#trace.config.mode === 'manual') raft.advance();
        break;
      case 'advance':
        raft.advance();
        break;
      default:
        if (!STARTS.includes(step.op)) throw new Error(`unknown operation ${step.op}`);
    }
    settle();
    return effects;
  }

  #start(step: Step): Member {
    const options = this.#options(step.n);
    if (step.op === 'boot') return new Member(options, { peers: step.peers! });
    if (step.op === 'join') return new Member(options, { disk: persistedOf() });
    if (step.op === 'load') {
      const { hs, snap, log } = step.from!;
      const disk = persistedOf({
        hardState: { term: hs[0], vote: hs[1], commit: hs[2] },
        snapshot: snap ? snapshotOfTrace(snap) : undefined,
        entries: log.map(entryOfTrace),
      });
      return new Member(options, { disk });
    }
    const { disk } = this.#members.get(step.n)!;
    return new Member(options, { disk: step.op === 'forcenew' ? forceNewCluster(disk, step.n) : disk });
  }

  #options(id: number): MemberOptions {
    const { config } = this.#trace;
    return {
      id,
      random: (below) => {
        const timeout = this.#timeouts.shift() ?? below;
        this.#drawn.push(timeout);
        return timeout - below;
      },
      electionTicks: config.electionTick,
      heartbeatTicks: config.heartbeatTick,
      checkQuorum: config.checkQuorum,
      preVote: config.preVote,
      maxMessageBytes: bytesOf(config.maxSizePerMsg),
      maxApplyingBytes: bytesOf(config.maxCommittedSizePerReady),
      maxInflightMessages: config.maxInflightMsgs,
      stepDownOnRemoval: config.stepDownOnRemoval,
      sendsCurrentVoters: config.snapConfStateIsCurrent,
      campaignsOnRemoval: config.hupOnRemoval,
    };
  }

  #take(id: number): Message<string, string> {
    const message = this.#network.get(id);
    if (!message) throw new Error(`no message ${id} is under way`);
    this.#network.delete(id);
    return message;
  }

  #record(step: Step, effects: Effects): Record<string, unknown> {
    const member = this.#members.get(step.n)!;
    const { rounds } = effects;
    const applied = rounds.flatMap(({ ready }) => ready.committed);
    const restored = rounds.flatMap(({ ready }) => ready.snapshot ?? []);
    const changed = effects.loaded || restored.length > 0 || applied.some((entry) => entry.kind === 'conf-change');
    const byHand = this.#trace.config.mode !== 'auto' && step.op !== 'boot';
    const status = member.raft.status();
    return {
      st: traceState(member.raft),
      rt: someOf(this.#drawn),
      out: someOf(rounds.flatMap(({ sent }) => sent).map((message) => this.#send(message))),
      ap: someOf(applied.map(traceEntry)),
      cs: changed ? member.voters : undefined,
      rs: someOf(restored.map(traceSnapshot)),
      snap: effects.snapshot,
      pr: status.role === 'leader' ? this.#news(step.n, 'pr', traceProgress(member.raft)) : undefined,
      ld: this.#news(
        step.n,
        'ld',
        status.role === 'leader' ? [status.transferTarget, status.pendingChangeIndex] : undefined,
      ),
      err: effects.error,
      hup: someOf(
        rounds
          .flatMap(({ campaigns }) => campaigns)
          .map(({ at, role, term }) => ({ at, became: traceRole(role), term })),
      ),
      hs: byHand ? storedState(rounds) : undefined,
      pe: byHand ? someOf(rounds.flatMap(({ ready }) => ready.entries).map(traceEntry)) : undefined,
    };
  }

  #send(message: Message<string, string>): Record<string, unknown> {
    this.#lastMessage += 1;
    this.#network.set(this.#lastMessage, message);
    return traceMessage(this.#lastMessage, message);
  }

  /** The value, unless it was recorded last for this member and field. */
  #news(id: number, field: string, value: unknown): unknown {
    const text = JSON.stringify(value);
    const key = `${field} ${id}`;
    if (this.#recorded.get(key) === text) return undefined;
    this.#recorded.set(key, text);
    return value;
  }

  #final(): unknown[] {
    return [...this.#members]
      .sort(([a], [b]) => a - b)
      .map(([n, { disk, applied, voters }]) => ({
        n,
        up: this.#up.has(n),
        hs: [disk.hardState.term, disk.hardState.vote, disk.hardState.commit],
        applied: applied.index,
        cs: voters,
        snap: [disk.snapshot?.term ?? 0, disk.snapshot?.index ?? 0],
        log: entriesOf(disk.entries).map((entry) => [entry.term, entry.index]),
      }));
  }
}

function bytesOf(limit: number | 'unlimited'): number {
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : limit;
}

function someOf<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function storedState(rounds: readonly Round[]): readonly number[] | undefined {
  const stored = rounds.flatMap(({ ready }) => ready.hardState ?? []).at(-1);
  return stored && [stored.term, stored.vote, stored.commit];
}
