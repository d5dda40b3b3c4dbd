import { InvariantError } from '../base/index.ts';
import { PlainHash } from './plain-hash.ts';
import type { Seed } from './random.ts';

/**
 * Chance without state: draw `k` of a name is a pure function of (seed, name, k), so draws may be skipped, repeated
 * or made in any order. For what fast-forwarding leaps over (the latency of the k-th message of a link) and for what
 * is keyed by identity (`workload/web/4/2/startup`), of which there may be many.
 *
 * The function is Threefry-2x32 with 20 rounds (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
 */
export class HashStream {
  readonly #high: number;
  readonly #low: number;

  constructor(seed: Seed, name: string) {
    const hash = new PlainHash();
    hash.text(`${seed}/${name}`);
    const { high, low } = hash.digest();
    this.#high = high;
    this.#low = low;
  }

  /** Draw `k` as a number in [0, 1), with 53 bits. `k` is a whole number, 0 or more. */
  unit(k: number): number {
    const [high, low] = threefry(this.#high, this.#low, (k / TWO_32) | 0, k | 0);
    return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
  }

  /** Draw `k` as a whole number in [0, `bound`). */
  integer(k: number, bound: number): number {
    if (!(Number.isSafeInteger(bound) && bound > 0))
      throw new InvariantError(`cannot draw a whole number below ${bound}`);
    return Math.floor(this.unit(k) * bound);
  }

  /** The draws one after the other from `k` on, in the form that {@link sample} takes; not to be kept in state. */
  draws(k = 0): () => number {
    let next = k;
    return () => this.unit(next++);
  }
}

/** {@link HashStream.unit} in one call. */
export function hashUnit(seed: Seed, name: string, k: number): number {
  return new HashStream(seed, name).unit(k);
}

/** {@link HashStream.integer} in one call. */
export function hashInteger(seed: Seed, name: string, k: number, bound: number): number {
  return new HashStream(seed, name).integer(k, bound);
}

const TWO_32 = 2 ** 32;
/** The key schedule's parity constant and the rotations of the eight round positions, as published. */
const PARITY = 0x1bd11bda;
const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;

/** Threefry-2x32-20: the counter `(high, low)` under a key of two words; all words are taken modulo 2^32. */
export function threefry(keyHigh: number, keyLow: number, high: number, low: number): [high: number, low: number] {
  const keys = [keyHigh, keyLow, PARITY ^ keyHigh ^ keyLow] as const;
  let x = (high + keyHigh) | 0;
  let y = (low + keyLow) | 0;
  for (let round = 0; round < 20; round += 1) {
    const rotation = ROTATIONS[round & 7]!;
    x = (x + y) | 0;
    y = ((y << rotation) | (y >>> (32 - rotation))) ^ x;
    if ((round & 3) === 3) {
      const injection = (round + 1) >> 2;
      x = (x + keys[injection % 3]!) | 0;
      y = (y + keys[(injection + 1) % 3]! + injection) | 0;
    }
  }
  return [x >>> 0, y >>> 0];
}
