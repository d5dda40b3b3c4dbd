/// <reference path="./seedrandom-alea.d.ts" />
import alea, { type Alea } from 'seedrandom/lib/alea.js';
import { assert, InvariantError } from '../base/index.ts';

/** Where all chance of a run comes from. */
export type Seed = number | string;

/** The state of one stream: plain numbers. Not seedrandom's own type, which has no published declarations. */
export interface StreamState {
  readonly c: number;
  readonly s0: number;
  readonly s1: number;
  readonly s2: number;
}

/** The state of every stream that has been drawn from. Any other stream is still at its start. */
export interface RandomCheckpoint {
  readonly seed: Seed;
  readonly streams: Readonly<Record<string, StreamState>>;
}

/**
 * Independent sources of chance, one per name. A name is a path of owner and purpose, such as
 * `raft/m2/election-timeout`, so that what one part draws never depends on how much another part has drawn, or on
 * which of them came first.
 *
 * A checkpoint costs time for each stream that has been drawn from: name streams after the few lasting parts of a
 * cluster, and use {@link HashStream}, which has no state, for what belongs to one task, message or attempt.
 */
export class RandomStreams {
  #seed: Seed;
  readonly #streams = new Map<string, Stream>();

  constructor(seed: Seed) {
    this.#seed = seed;
  }

  get seed(): Seed {
    return this.#seed;
  }

  /** The stream of this name; the same object each time. It costs nothing before its first draw. */
  stream(name: string): Stream {
    let stream = this.#streams.get(name);
    if (stream === undefined) {
      stream = new Stream(`${this.#seed}/${name}`);
      this.#streams.set(name, stream);
    }
    return stream;
  }

  checkpoint(): RandomCheckpoint {
    const streams: Record<string, StreamState> = {};
    for (const [name, stream] of this.#streams) {
      const state = stream.checkpoint();
      if (state !== undefined) streams[name] = state;
    }
    return { seed: this.#seed, streams };
  }

  /** Streams that are already held go back to the checkpoint too, or to their start where it knows nothing of them. */
  restore({ seed, streams }: RandomCheckpoint): void {
    this.#seed = seed;
    for (const [name, stream] of this.#streams) stream.restore(`${seed}/${name}`, undefined);
    for (const [name, state] of Object.entries(streams)) this.stream(name).restore(`${seed}/${name}`, state);
  }
}

/** One named source: seedrandom's `alea`, seeded on the first draw. */
export class Stream {
  #seed: string;
  /** Where to start on the next draw; undefined for the seed. Out of date while there is a generator. */
  #state: StreamState | undefined;
  #generator: Alea | undefined;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** A number in [0, 1), with 53 bits. */
  next(): number {
    this.#generator ??= alea(this.#seed, { state: this.#state ?? true });
    return this.#generator.double();
  }

  /** A whole number in [0, `bound`). */
  integer(bound: number): number {
    if (!(Number.isSafeInteger(bound) && bound > 0))
      throw new InvariantError(`cannot draw a whole number below ${bound}`);
    return Math.floor(this.next() * bound);
  }

  /** One item, each with the same chance. */
  pick<T>(items: readonly T[]): T {
    assert(items.length > 0, 'cannot pick from nothing');
    return items[this.integer(items.length)] as T;
  }

  /** The items in a random order, each with the same chance; the array itself stays as it is. */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = this.integer(last + 1);
      const item = shuffled[last] as T;
      shuffled[last] = shuffled[other] as T;
      shuffled[other] = item;
    }
    return shuffled;
  }

  /** Undefined before the first draw. */
  checkpoint(): StreamState | undefined {
    return this.#generator === undefined ? this.#state : this.#generator.state();
  }

  /** Continues from a state, or from the seed where there is none. */
  restore(seed: string, state: StreamState | undefined): void {
    this.#seed = seed;
    this.#state = state;
    this.#generator = undefined;
  }
}
