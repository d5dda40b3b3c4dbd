/**
 * A manager's lines to the other members: a transport for each, with its requests, answers and time limits (swarmkit
 * manager/state/raft/transport), and the filters on what comes in (manager/state/raft/raft.go, ProcessRaftMessage).
 */
import type { Instant } from '../base/index.ts';
import type { ManagerMessage } from '../manager/index.ts';
import {
  type ExchangeId,
  SEND_LIMIT,
  type TransportCheckpoint,
  type TransportOutput,
  TransportPeer,
} from '../network/index.ts';
import type { MemberId } from '../raft/index.ts';
import type { EventId, Seed } from '../sim/index.ts';
import type { RaftEvent } from './events.ts';
import type { CheckPurpose, ExchangeOutcome, RaftParcel } from './parcels.ts';

/** The member that the lines serve. */
export interface LinkedMember {
  readonly id: MemberId;
  readonly members: readonly MemberId[];
  isRemoved(member: MemberId): boolean;
  step(message: ManagerMessage): void;
  reportUnreachable(member: MemberId): void;
  reportSnapshot(member: MemberId, outcome: 'finished' | 'failed'): void;
}

export interface RaftLinksOptions {
  readonly seed: Seed;
  /** The machine. */
  readonly name: string;
  /** Which life of the machine's manager this is. */
  readonly life: number;
  readonly now: () => Instant;
  readonly member: () => LinkedMember;
  /** The machine of a member. */
  readonly addressOf: (member: MemberId) => string;
  readonly transmit: (to: string, parcel: RaftParcel, periodic: boolean) => void;
  readonly schedule: (at: Instant, event: RaftEvent) => EventId;
  readonly cancel: (id: EventId) => void;
  /** A peer says that this member was thrown out. */
  readonly removed: () => void;
}

interface Line {
  readonly transport: TransportPeer<ManagerMessage>;
  /** The end of the exchange under way. */
  timeout: Timer | undefined;
  /** The next attempt to connect, or the end of the one under way. */
  redial: Timer | undefined;
}

interface Timer {
  readonly exchange: ExchangeId;
  readonly event: EventId;
}

/** A request for a vote that waits until its sender is known to be there. */
interface HeldRequest {
  readonly from: string;
  readonly parcel: Extract<RaftParcel, { kind: 'raft.message' }>;
  readonly timeout: EventId;
}

/** Plain data; messages are shared. */
export interface RaftLinksState {
  readonly lines: readonly {
    readonly peer: MemberId;
    readonly transport: TransportCheckpoint<ManagerMessage>;
    readonly timeout: Timer | undefined;
    readonly redial: Timer | undefined;
  }[];
  readonly held: readonly (readonly [ExchangeId, HeldRequest])[];
  readonly lastCheck: ExchangeId;
}

export class RaftLinks {
  readonly #options: RaftLinksOptions;
  readonly #lines = new Map<MemberId, Line>();
  readonly #held = new Map<ExchangeId, HeldRequest>();
  #lastCheck: ExchangeId = 0;

  constructor(options: RaftLinksOptions, state?: RaftLinksState) {
    this.#options = options;
    if (!state) return;
    this.#lastCheck = state.lastCheck;
    for (const [check, request] of state.held) this.#held.set(check, request);
    for (const { peer, transport, timeout, redial } of state.lines) {
      const line = this.#newLine(peer);
      line.transport.restore(transport);
      this.#lines.set(peer, { ...line, timeout, redial });
    }
  }

  /** Opens lines to new members, and closes those to members that are gone. */
  sync(): void {
    const { id, members } = this.#options.member();
    for (const peer of members) {
      if (peer === id || this.#lines.has(peer)) continue;
      const line = this.#newLine(peer);
      this.#lines.set(peer, line);
      this.#perform(peer, line, line.transport.start(this.#now));
    }
    for (const [peer, line] of [...this.#lines])
      if (!members.includes(peer)) this.#perform(peer, line, line.transport.stop(this.#now));
  }

  /** Opens lines to all members as in a swarm that has been running: they are known to be there. */
  openAll(): void {
    const { id, members } = this.#options.member();
    for (const peer of members) {
      if (peer === id) continue;
      const line = this.#newLine(peer);
      this.#lines.set(peer, line);
      for (const output of line.transport.start(this.#now))
        if (output.kind === 'check') line.transport.acknowledged(output.exchange, this.#now);
    }
  }

  /** Whether the last exchange with a peer succeeded. */
  isActive(peer: MemberId): boolean {
    return this.#lines.get(peer)?.transport.activeSince !== undefined;
  }

  send(message: ManagerMessage): void {
    const line = this.#lines.get(message.to);
    if (!line) return;
    const isSnapshot = message.type === 'snapshot';
    this.#perform(message.to, line, line.transport.enqueue({ payload: message, isSnapshot }, this.#now));
  }

  receive(from: string, parcel: RaftParcel): void {
    switch (parcel.kind) {
      case 'raft.message':
        return this.#take(from, parcel);
      case 'raft.check':
        return this.#options.transmit(from, { ...parcel, kind: 'raft.checked', isThere: true }, true);
      case 'raft.answered':
        if (parcel.life === this.#options.life) this.#answered(parcel.member, parcel.exchange, parcel.outcome);
        return;
      case 'raft.checked':
        if (parcel.life === this.#options.life)
          this.#checked(parcel.purpose, parcel.member, parcel.exchange, parcel.isThere);
    }
  }

  handle(event: Extract<RaftEvent, { kind: 'raft.redial' | 'raft.timeout' }>): void {
    const { peer, exchange } = event;
    if (event.kind === 'raft.timeout' && event.of === 'candidate') return this.#release(exchange, 'drop');
    const line = this.#lines.get(peer);
    if (!line) return;
    if (event.kind === 'raft.redial') {
      line.redial = this.#timer(event.deadline, peer, exchange, 'dial');
      this.#ask(peer, exchange, 'dial');
    } else if (event.of === 'dial') {
      line.redial = undefined;
      this.#perform(peer, line, line.transport.dialFailed(exchange, this.#now));
    } else {
      line.timeout = undefined;
      this.#perform(peer, line, line.transport.failed(exchange, this.#now));
    }
  }

  /** All members are known to be there, and nothing is on its way to or from any of them. */
  areIdle(): boolean {
    const { id, members } = this.#options.member();
    if (this.#held.size > 0 || members.some((peer) => peer !== id && !this.isActive(peer))) return false;
    for (const { transport } of this.#lines.values()) if (!transport.isIdle) return false;
    return true;
  }

  /** So many exchanges with a peer have taken place unseen, one after the other. */
  skipExchanges(peer: MemberId, count: number): void {
    this.#lines.get(peer)?.transport.skip(count);
  }

  /** The manager is gone: nobody waits for anything any more. */
  end(): void {
    for (const { timeout, redial } of this.#lines.values())
      for (const timer of [timeout, redial]) if (timer) this.#options.cancel(timer.event);
    for (const { timeout } of this.#held.values()) this.#options.cancel(timeout);
    this.#lines.clear();
    this.#held.clear();
  }

  checkpoint(): RaftLinksState {
    return {
      lines: [...this.#lines].map(([peer, { transport, timeout, redial }]) => ({
        peer,
        transport: transport.checkpoint(),
        timeout,
        redial,
      })),
      held: [...this.#held],
      lastCheck: this.#lastCheck,
    };
  }

  // -------------------------------------------------------------------------------------------------------------
  // What comes in

  #take(from: string, parcel: Extract<RaftParcel, { kind: 'raft.message' }>): void {
    const { message } = parcel;
    const member = this.#options.member();
    if (member.isRemoved(message.from)) return this.#answer(from, parcel, 'removed');
    if (message.type === 'vote' && member.members.includes(message.from)) return this.#hold(from, parcel);
    // Only leaders propose, so a proposal never travels; a vote for somebody unknown would help nobody.
    if (message.type !== 'vote' && message.type !== 'propose' && message.to === member.id) member.step(message);
    this.#answer(from, parcel, 'taken');
  }

  /** Whoever asks for a vote has to be reachable: it is asked back first, over a request of its own. */
  #hold(from: string, parcel: Extract<RaftParcel, { kind: 'raft.message' }>): void {
    const { message } = parcel;
    this.#lastCheck += 1;
    const check = this.#lastCheck;
    const timeout = this.#timer(this.#now + SEND_LIMIT, message.from, check, 'candidate');
    this.#held.set(check, { from, parcel, timeout: timeout.event });
    this.#ask(message.from, check, 'candidate');
  }

  #release(check: ExchangeId, verdict: 'step' | 'drop'): void {
    const request = this.#held.get(check);
    if (!request) return;
    this.#held.delete(check);
    const { from, parcel } = request;
    const member = this.#options.member();
    if (verdict === 'step' && parcel.message.to === member.id) member.step(parcel.message);
    this.#answer(from, parcel, 'taken');
  }

  #answer(to: string, { member, life, exchange, message }: RaftMessageParcel, outcome: ExchangeOutcome): void {
    this.#options.transmit(to, { kind: 'raft.answered', member, life, exchange, outcome }, isPeriodic(message));
  }

  // -------------------------------------------------------------------------------------------------------------
  // What becomes of what went out

  #answered(peer: MemberId, exchange: ExchangeId, outcome: ExchangeOutcome): void {
    const line = this.#lines.get(peer);
    if (!line) return;
    if (line.timeout?.exchange === exchange) {
      this.#options.cancel(line.timeout.event);
      line.timeout = undefined;
    }
    switch (outcome) {
      case 'taken':
        return this.#perform(peer, line, line.transport.acknowledged(exchange, this.#now));
      case 'refused':
        return this.#perform(peer, line, line.transport.refused(exchange, this.#now));
      case 'removed':
        this.#perform(peer, line, line.transport.failed(exchange, this.#now));
        return this.#options.removed();
    }
  }

  #checked(purpose: CheckPurpose, peer: MemberId, exchange: ExchangeId, isThere: boolean): void {
    if (purpose === 'candidate') {
      const request = this.#held.get(exchange);
      if (request) this.#options.cancel(request.timeout);
      return this.#release(exchange, isThere ? 'step' : 'drop');
    }
    if (purpose === 'peer') return this.#answered(peer, exchange, isThere ? 'taken' : 'refused');
    const line = this.#lines.get(peer);
    if (!line) return;
    if (line.redial?.exchange === exchange) {
      this.#options.cancel(line.redial.event);
      line.redial = undefined;
    }
    if (isThere) line.transport.dialled(exchange);
    else this.#perform(peer, line, line.transport.dialFailed(exchange, this.#now));
  }

  #perform(peer: MemberId, line: Line, outputs: readonly TransportOutput<ManagerMessage>[]): void {
    for (const output of outputs) {
      switch (output.kind) {
        case 'check':
          line.timeout = this.#timer(output.deadline, peer, output.exchange, 'exchange');
          this.#ask(peer, output.exchange, 'peer');
          break;
        case 'send': {
          const { exchange, payload: message, deadline } = output;
          line.timeout = this.#timer(deadline, peer, exchange, 'exchange');
          const { life, addressOf, transmit } = this.#options;
          transmit(
            addressOf(peer),
            { kind: 'raft.message', member: peer, life, exchange, message },
            isPeriodic(message),
          );
          break;
        }
        case 'dial': {
          const { exchange, deadline, at } = output;
          const event = { kind: 'raft.redial', node: this.#options.name, peer, exchange, deadline } as const;
          line.redial = { exchange, event: this.#options.schedule(at, event) };
          break;
        }
        case 'unreachable':
          this.#options.member().reportUnreachable(peer);
          break;
        case 'snapshot':
          this.#options.member().reportSnapshot(peer, output.outcome);
          break;
      }
    }
  }

  #ask(member: MemberId, exchange: ExchangeId, purpose: CheckPurpose): void {
    const { life, addressOf, transmit } = this.#options;
    transmit(addressOf(member), { kind: 'raft.check', member, life, exchange, purpose }, true);
  }

  #timer(at: Instant, peer: MemberId, exchange: ExchangeId, of: 'exchange' | 'dial' | 'candidate'): Timer {
    const event = this.#options.schedule(at, { kind: 'raft.timeout', node: this.#options.name, peer, exchange, of });
    return { exchange, event };
  }

  #newLine(peer: MemberId): Line {
    const { seed, name, addressOf } = this.#options;
    const transport = new TransportPeer<ManagerMessage>({ seed, from: name, to: addressOf(peer) });
    return { transport, timeout: undefined, redial: undefined };
  }

  get #now(): Instant {
    return this.#options.now();
  }
}

type RaftMessageParcel = Extract<RaftParcel, { kind: 'raft.message' }>;

function isPeriodic({ type }: ManagerMessage): boolean {
  return type === 'heartbeat' || type === 'heartbeat-response';
}

/** What a machine without a manager says to a parcel of raft; undefined where it has nothing to say. */
export function refusalOf(parcel: RaftParcel, isJoining: boolean): RaftParcel | undefined {
  // One that is about to join listens already.
  if (parcel.kind === 'raft.check') return { ...parcel, kind: 'raft.checked', isThere: isJoining };
  if (parcel.kind !== 'raft.message') return undefined;
  const { member, life, exchange } = parcel;
  return { kind: 'raft.answered', member, life, exchange, outcome: 'refused' };
}
