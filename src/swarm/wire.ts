/**
 * Carries parcels between machines: the network says what becomes of each, the kernel when.
 *
 * What the network loses is sent again, as TCP does, and whatever follows on the same connection waits for it: a short
 * cut delays, a long one breaks. Departures: pauses begin at Linux's shortest, whatever the round trip, and nothing is
 * retransmitted faster; what follows a parcel that was given up begins with them again, as on a new connection.
 */
import { type Instant, type Micros, millis, seconds } from '../base/index.ts';
import type { Network, Released, Verdict } from '../network/index.ts';
import type { Simulator } from '../sim/index.ts';
import type { SwarmEvent } from './events.ts';
import type { Parcel } from './parcels.ts';

export type Kernel = Pick<Simulator<SwarmEvent>, 'now' | 'priority' | 'schedule' | 'cancel'>;

/** What the network carries. */
export interface Cargo {
  readonly parcel: Parcel;
  readonly priority: number;
  readonly periodic: boolean;
  /** Among which it is counted on the network, whose luck goes by numbers. */
  readonly lane: string;
}

/** Parcels of one channel arrive in order, and do not wait for those of others. */
export type Channel = 'raft' | 'agent' | 'api' | 'manager';

export interface Sending {
  readonly from: string;
  readonly to: string;
  readonly channel: Channel;
  readonly parcel: Parcel;
  /** The phase of the instant in which it arrives. */
  readonly priority: number;
  /** It comes again for ever: a swarm is settled while it travels. Default false. */
  readonly periodic?: boolean;
  /** Default: the channel. Parcels that need not be sent have one of their own, and so leave the luck of others alone. */
  readonly lane?: string;
}

/** A connection on which something was lost. */
interface Stalled {
  readonly from: string;
  readonly to: string;
  readonly channel: Channel;
  /** What waits, the lost parcel first. */
  readonly waiting: readonly { readonly cargo: Cargo; readonly sentAt: Instant }[];
  /** How often the first one was lost. */
  readonly losses: number;
}

export interface WireState {
  readonly stalled: readonly Stalled[];
}

/** The shortest time after which Linux sends a segment again; it doubles with each loss. */
const FIRST_PAUSE = millis(200);

/**
 * After this long nobody waits for a parcel any more: swarmkit gives up an exchange of raft after 2 s, and agents give
 * up sessions of which they have heard nothing for a heartbeat's period and its time limit.
 */
const PATIENCE: { readonly [C in Channel]: Micros } = {
  raft: seconds(2),
  agent: seconds(12),
  api: seconds(12),
  manager: seconds(12),
};

export interface WireOptions {
  readonly network: Network<Cargo>;
  readonly kernel: Kernel;
  /** A machine that is off sends nothing, whatever is being tidied up in its name. */
  readonly isUp: (machine: string) => boolean;
  /** One that stands still acknowledges nothing. */
  readonly isFrozen: (machine: string) => boolean;
  /** The sender has given the parcel up, and with it the connection. */
  readonly isGivenUp: (parcel: Parcel) => boolean;
}

export class Wire {
  readonly #options: WireOptions;
  readonly #stalled = new Map<string, Stalled>();

  constructor(options: WireOptions, state: WireState = { stalled: [] }) {
    this.#options = options;
    for (const stalled of state.stalled) this.#stalled.set(connectionOf(stalled), stalled);
  }

  send({ from, to, channel, parcel, priority, periodic = false, lane = channel }: Sending): void {
    const { isUp, kernel } = this.#options;
    if (!isUp(from)) return;
    const cargo: Cargo = { parcel, priority, periodic, lane };
    const stalled = this.#stalledOn(from, to, channel);
    if (stalled) this.#stalled.set(connectionOf(stalled), withWaiting(stalled, cargo, kernel.now));
    else if (!this.#attempt(from, to, cargo))
      this.#stall({ from, to, channel, waiting: [{ cargo, sentAt: kernel.now }], losses: 1 });
  }

  /** Whether nothing is lost on a connection that is not for the network to lose. */
  isFlowing(from: string, to: string, channel: Channel): boolean {
    return !this.#options.isFrozen(to) && this.#stalledOn(from, to, channel) === undefined;
  }

  /** Sends again what was lost, and then what waits behind it. */
  retry(connection: string): void {
    const stalled = this.#stalled.get(connection);
    if (!stalled) return;
    this.#stalled.delete(connection);
    const { isUp, isGivenUp, kernel } = this.#options;
    const { from, to, channel, losses } = stalled;
    if (!isUp(from)) return;
    const isWorthwhile = ({ cargo, sentAt }: Stalled['waiting'][number]) =>
      kernel.now - sentAt <= PATIENCE[channel] && !isGivenUp(cargo.parcel);
    const waiting = stalled.waiting.filter(isWorthwhile);
    for (const [index, item] of waiting.entries()) {
      if (this.#attempt(from, to, item.cargo)) continue;
      const isSame = item === stalled.waiting[0];
      return this.#stall({ from, to, channel, waiting: waiting.slice(index), losses: isSame ? losses + 1 : 1 });
    }
  }

  /** What was held goes on its way. */
  release(released: readonly Released<Cargo>[]): void {
    for (const { message, verdict } of released) this.#deliver(message.from, message.to, message.payload, verdict);
  }

  checkpoint(): WireState {
    return { stalled: [...this.#stalled.values()] };
  }

  /** Mostly nothing is. */
  #stalledOn(from: string, to: string, channel: Channel): Stalled | undefined {
    return this.#stalled.size === 0 ? undefined : this.#stalled.get(connectionOf({ from, to, channel }));
  }

  /** False where it was lost. */
  #attempt(from: string, to: string, cargo: Cargo): boolean {
    const { network, kernel, isFrozen } = this.#options;
    if (isFrozen(to)) return false;
    const verdict = network.route({ from, to, channel: cargo.lane, at: kernel.now, payload: cargo });
    this.#deliver(from, to, cargo, verdict);
    return !('dropped' in verdict);
  }

  #stall(stalled: Stalled): void {
    const { kernel, network } = this.#options;
    const connection = connectionOf(stalled);
    this.#stalled.set(connection, stalled);
    const pause = FIRST_PAUSE * 2 ** (stalled.losses - 1);
    // Over a cut nothing comes of it, however often it is tried: a swarm is settled meanwhile.
    const isCut = !network.isConnected(stalled.from, stalled.to);
    const periodic = isCut || stalled.waiting.every(({ cargo }) => cargo.periodic);
    const { from } = stalled;
    kernel.schedule(kernel.now + pause, { kind: 'wire.retry', connection, from }, { periodic });
  }

  #deliver(from: string, to: string, { parcel, priority, periodic }: Cargo, verdict: Verdict): void {
    if (!('deliveries' in verdict)) return;
    for (const at of verdict.deliveries)
      this.#options.kernel.schedule(at, { kind: 'delivery', from, to, parcel }, { priority, periodic });
  }
}

function connectionOf({ from, to, channel }: Pick<Sending, 'from' | 'to' | 'channel'>): string {
  return `${from}/${to}/${channel}`;
}

function withWaiting(stalled: Stalled, cargo: Cargo, sentAt: Instant): Stalled {
  return { ...stalled, waiting: [...stalled.waiting, { cargo, sentAt }] };
}
