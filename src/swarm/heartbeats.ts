/**
 * The heartbeats of quiet sessions as formulas: neither messages nor timers, until something happens that they could
 * notice. Then they are turned back into what a run that sends every heartbeat would have at that moment.
 *
 * A session rests while agent and managers are up, nothing but latencies stands between them, and no heartbeat can be
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
import type { LeaderLookUp } from './leader-look-up.ts';
import type { Machine } from './machine.ts';
import type { AgentParcel } from './parcels.ts';
import type { Cargo, Kernel, Wire } from './wire.ts';

/** A session that rests. */
interface Resting extends Anchor, Pick<Beat, 'session' | 'sessionId' | 'rhythm'> {
  readonly machine: string;
  /** The leader, whose dispatcher does not await the heartbeats now. */
  readonly manager: string;
  /** The manager that the agent has chosen: the leader, or one that passes everything on to it. */
  readonly via: string;
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
  /** The machine that is a node now. */
  readonly machineOf: (node: string) => Machine | undefined;
  readonly managers: { get(name: string): { readonly process: ManagerOfSessions | undefined } | undefined };
}

/** A manager process, as far as heartbeats concern it. */
interface ManagerOfSessions {
  findLeader(): LeaderLookUp;
  resumeHeartbeats(resumption: Resumption): void;
}

interface Link {
  readonly from: string;
  readonly to: string;
}

/** The lane of a node's heartbeats and their answers on the network: nobody else's luck depends on their number. */
export function heartbeatLane(node: string): string {
  return `heartbeat/${node}`;
}

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

  /** A manager ends, or knows another leader than before. */
  disturbThrough(manager: string): void {
    for (const [node, { via }] of [...this.#resting]) if (via === manager) this.disturb(node);
  }

  /** Before anything changes for machines, or for the network between them. */
  disturbAll(): void {
    for (const node of [...this.#resting.keys()]) this.disturb(node);
  }

  checkpoint(): HeartbeatsState {
    return [...this.#resting];
  }

  #rest(manager: string, node: string, { session, sessionId, heardAt, period, periods, rhythm }: Beat): boolean {
    const { kernel, machineOf } = this.#options;
    const machine = machineOf(node);
    const via = machine?.manager;
    if (!machine || via === undefined || !this.#leadsTo(via, manager)) return false;
    if (!this.#isSteady(node, linksOf(machine.name, via, manager), rhythm)) return false;
    const askedAt = machine.rest(session);
    if (askedAt === undefined) return false;
    const anchor: Anchor = { askedAt, heardAt, period, periods };
    const { name } = machine;
    this.#resting.set(node, {
      ...anchor,
      machine: name,
      session,
      sessionId,
      rhythm,
      manager,
      via,
      phase: phaseOf(kernel),
    });
    return true;
  }

  #leadsTo(via: string, manager: string): boolean {
    if (via === manager) return true;
    const leader = this.#options.managers.get(via)?.process?.findLeader();
    return leader?.kind === 'peer' && leader.node === manager;
  }

  /** No heartbeat can be lost, and none so late that agent or dispatcher would lose their patience. */
  #isSteady(node: string, there: readonly Link[], { period, jitter }: Beat['rhythm']): boolean {
    const { network, wire, patience } = this.#options;
    let roundTrip = 0;
    for (const { from, to } of [...there, ...reversed(there)]) {
      const longest = network.longestLatency(from, to, heartbeatLane(node));
      if (longest === undefined || !wire.isFlowing(from, to, 'agent')) return false;
      roundTrip += longest;
    }
    const shortest = Math.max(0, period - jitter);
    return roundTrip < patience && roundTrip + shortest < GRACE * shortest;
  }

  #resume(node: string, resting: Resting): void {
    const { machineOf, managers } = this.#options;
    const { machine, manager, sessionId, via } = resting;
    const there = linksOf(machine, via, manager);
    const standing = this.#standingOf(node, resting, there);
    const { heardAt, period, periods, next } = standing;
    this.#count(node, there, standing);
    this.#send(node, resting, standing);
    machineOf(node)?.resume(next.kind === 'turn' ? { dueAt: next.dueAt } : { askedAt: next.askedAt });
    const deadline = deadlineAfter(heardAt, period);
    managers.get(manager)?.process?.resumeHeartbeats({ nodeId: node, sessionId, periods, deadline });
  }

  #standingOf(node: string, resting: Resting, there: readonly Link[]): Standing {
    const { kernel } = this.#options;
    const { rhythm, sessionId, phase } = resting;
    const present = phaseOf(kernel);
    const course = {
      there: this.#latencies(node, there),
      back: this.#latencies(node, reversed(there)),
      period: periodsOf(rhythm, sessionId),
    };
    const isPast = (at: Instant) => at < kernel.now || (at === kernel.now && phase <= present);
    return standingOf(resting, course, isPast);
  }

  #latencies(node: string, links: readonly Link[]): (n: number) => readonly Micros[] {
    const { network } = this.#options;
    const lane = heartbeatLane(node);
    const sent = links.map(({ from, to }) => network.sentOn(from, to, lane));
    return (n) => links.map(({ from, to }, link) => network.latencyOf(from, to, sent[link]! + n, lane));
  }

  /** Everything was sent as often as it has arrived, and what is on its way once more as far as it has come. */
  #count(node: string, there: readonly Link[], { asked, answered, next }: Standing): void {
    const skip = (links: readonly Link[], arrived: number, kind: 'question' | 'answer') => {
      for (const [index, { from, to }] of links.entries()) {
        const flight = next.kind === kind && index <= next.link ? next : undefined;
        const options = { channel: heartbeatLane(node), lastArrival: flight?.link === index ? flight.arrivesAt : 0 };
        this.#options.network.skip(from, to, arrived + (flight ? 1 : 0), options);
      }
    };
    skip(there, asked, 'question');
    skip(reversed(there), answered, 'answer');
  }

  /** What is on its way. */
  #send(node: string, { machine, manager, via, session, sessionId, phase }: Resting, { next, period }: Standing): void {
    if (next.kind === 'turn') return;
    const there = linksOf(machine, via, manager);
    const { from, to } = (next.kind === 'question' ? there : reversed(there))[next.link]!;
    const parcel: AgentParcel =
      next.kind === 'answer'
        ? { kind: 'agent.told', node, message: { kind: 'heartbeat-answered', session, period }, news: undefined }
        : {
            kind: next.link === 0 ? 'agent.said' : 'agent.forwarded',
            node,
            message: { kind: 'heartbeat', session, sessionId },
            cause: undefined,
          };
    const event = { kind: 'delivery', from, to, parcel } as const;
    this.#options.kernel.schedule(next.arrivesAt, event, { priority: phase, periodic: true });
  }
}

/** The way of a heartbeat. */
function linksOf(machine: string, via: string, manager: string): readonly Link[] {
  const first = { from: machine, to: via };
  return via === manager ? [first] : [first, { from: via, to: manager }];
}

/** The way back. */
function reversed(links: readonly Link[]): readonly Link[] {
  return links.map(({ from, to }) => ({ from: to, to: from })).reverse();
}
