/** Carries parcels between machines: the network says what becomes of each, the kernel when. */
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
}

export interface Sending {
  readonly from: string;
  readonly to: string;
  /** Parcels of one channel arrive in order, and do not wait for those of others. */
  readonly channel: string;
  readonly parcel: Parcel;
  /** The phase of the instant in which it arrives. */
  readonly priority: number;
  /** It comes again for ever: a swarm is settled while it travels. Default false. */
  readonly periodic?: boolean;
}

export class Wire {
  readonly #network: Network<Cargo>;
  readonly #kernel: Kernel;
  readonly #isUp: (machine: string) => boolean;

  constructor(network: Network<Cargo>, kernel: Kernel, isUp: (machine: string) => boolean) {
    this.#network = network;
    this.#kernel = kernel;
    this.#isUp = isUp;
  }

  /** A machine that is off sends nothing, whatever is being tidied up in its name. */
  send({ from, to, channel, parcel, priority, periodic = false }: Sending): void {
    if (!this.#isUp(from)) return;
    const cargo: Cargo = { parcel, priority, periodic };
    this.#deliver(from, to, cargo, this.#network.route({ from, to, channel, at: this.#kernel.now, payload: cargo }));
  }

  /** What was held goes on its way. */
  release(released: readonly Released<Cargo>[]): void {
    for (const { message, verdict } of released) this.#deliver(message.from, message.to, message.payload, verdict);
  }

  #deliver(from: string, to: string, { parcel, priority, periodic }: Cargo, verdict: Verdict): void {
    if (!('deliveries' in verdict)) return;
    for (const at of verdict.deliveries)
      this.#kernel.schedule(at, { kind: 'delivery', from, to, parcel }, { priority, periodic });
  }
}
