/**
 * The heartbeats of quiet sessions as formulas: neither messages nor timers, until something happens that they could
 * notice. Then they are turned back into what a run that sends every heartbeat would have at that moment.
 *
 * A session rests while agent and manager are up, nothing but a latency stands between them, and no heartbeat can be
 * late. Whatever may end that has to be announced: {@link Heartbeats.disturb} comes before the change.
 */
import type { Instant, Micros } from '../base/index.ts';
import {
  type Beat,
  deadlineAfter,
  GRACE,
  periodsOf,
  phaseOf,
  type QuietHeartbeats,
  type Resumption,
} from '../manager/index.ts';
import type { Network } from '../network/index.ts';
import { type Anchor, type Standing, standingOf } from './heartbeat-formula.ts';
import type { Machine } from './machine.ts';
import type { AgentParcel } from './parcels.ts';
import type { Cargo, Kernel, Wire } from './wire.ts';

/** A session that rests. */
interface Resting extends Anchor, Pick<Beat, 'session' | 'sessionId' | 'rhythm'> {
  readonly manager: string;
  /** The phase of the instant to which its heartbeats belong. */
  readonly phase: number;
}

export type HeartbeatsState = readonly (readonly [node: string, resting: Resting])[];

export interface HeartbeatsOptions {
  readonly kernel: Kernel;
  readonly network: Network<Cargo>;
  readonly wire: Pick<Wire, 'isFlowing'>;
  /** How long an agent waits for the answer to a heartbeat. */
  readonly patience: Micros;
  readonly machines: ReadonlyMap<string, Machine>;
  readonly managers: { get(name: string): { readonly process: Awaiting | undefined } | undefined };
}

/** The manager process that awaits the heartbeats. */
interface Awaiting {
  resumeHeartbeats(resumption: Resumption): void;
}

/** The lane of heartbeats and their answers on the network. */
export const HEARTBEATS = 'heartbeat';

export class Heartbeats {
  readonly #options: HeartbeatsOptions;
  readonly #resting: Map<string, Resting>;

  constructor(options: HeartbeatsOptions, state: HeartbeatsState = []) {
    this.#options = options;
    this.#resting = new Map(state);
  }

  /** For the dispatcher of a manager. */
  portOf(manager: string): QuietHeartbeats {
    return {
      rest: (node, beat) => this.#rest(manager, node, beat),
      disturb: (node) => this.disturb(node),
    };
  }

  /** Before anything changes for the session of a node. */
  disturb(node: string): void {
    const resting = this.#resting.get(node);
    if (!resting) return;
    this.#resting.delete(node);
    this.#resume(node, resting);
  }

  /** Before anything changes for machines, or for the network between them. */
  disturbAll(): void {
    for (const node of [...this.#resting.keys()]) this.disturb(node);
  }

  checkpoint(): HeartbeatsState {
    return [...this.#resting];
  }

  #rest(manager: string, node: string, { session, sessionId, heardAt, period, periods, rhythm }: Beat): boolean {
    const { kernel, machines } = this.#options;
    if (!this.#isSteady(manager, node, rhythm)) return false;
    const askedAt = machines.get(node)?.rest(manager, session);
    if (askedAt === undefined) return false;
    const anchor: Anchor = { askedAt, heardAt, period, periods };
    this.#resting.set(node, { ...anchor, session, sessionId, rhythm, manager, phase: phaseOf(kernel) });
    return true;
  }

  /** No heartbeat can be lost, and none so late that agent or manager would lose their patience. */
  #isSteady(manager: string, node: string, { period, jitter }: Beat['rhythm']): boolean {
    const { network, wire, patience } = this.#options;
    if (!wire.isFlowing(node, manager, 'agent') || !wire.isFlowing(manager, node, 'agent')) return false;
    const there = network.longestLatency(node, manager, HEARTBEATS);
    const back = network.longestLatency(manager, node, HEARTBEATS);
    if (there === undefined || back === undefined) return false;
    const shortest = Math.max(0, period - jitter);
    return there + back < patience && there + back + shortest < GRACE * shortest;
  }

  #resume(node: string, resting: Resting): void {
    const { network, machines, managers } = this.#options;
    const { manager, sessionId } = resting;
    const standing = this.#standingOf(node, resting);
    const { asked, answered, heardAt, period, periods, next } = standing;
    const arrival = next.kind === 'turn' ? {} : { lastArrival: next.arrivesAt };
    network.skip(node, manager, asked, { channel: HEARTBEATS, ...(next.kind === 'question' && arrival) });
    network.skip(manager, node, answered, { channel: HEARTBEATS, ...(next.kind === 'answer' && arrival) });
    this.#send(node, resting, standing);
    machines.get(node)?.resume(next.kind === 'turn' ? { dueAt: next.dueAt } : { askedAt: next.askedAt });
    const deadline = deadlineAfter(heardAt, period);
    managers.get(manager)?.process?.resumeHeartbeats({ nodeId: node, sessionId, periods, deadline });
  }

  #standingOf(node: string, resting: Resting): Standing {
    const { kernel, network } = this.#options;
    const { manager, rhythm, sessionId, phase } = resting;
    const asked = network.sentOn(node, manager, HEARTBEATS);
    const answered = network.sentOn(manager, node, HEARTBEATS);
    const course = {
      there: (n: number) => network.latencyOf(node, manager, asked + n, HEARTBEATS),
      back: (n: number) => network.latencyOf(manager, node, answered + n, HEARTBEATS),
      period: periodsOf(rhythm, sessionId),
    };
    const present = phaseOf(kernel);
    return standingOf(resting, course, (at: Instant) => at < kernel.now || (at === kernel.now && phase <= present));
  }

  /** What is on its way. */
  #send(node: string, { manager, session, sessionId, phase }: Resting, { next, period }: Standing): void {
    if (next.kind === 'turn') return;
    const parcel: AgentParcel =
      next.kind === 'question'
        ? { kind: 'agent.said', node, message: { kind: 'heartbeat', session, sessionId }, cause: undefined }
        : { kind: 'agent.told', node, message: { kind: 'heartbeat-answered', session, period }, news: undefined };
    const [from, to] = next.kind === 'question' ? [node, manager] : [manager, node];
    const event = { kind: 'delivery', from, to, parcel } as const;
    this.#options.kernel.schedule(next.arrivesAt, event, { priority: phase, periodic: true });
  }
}
