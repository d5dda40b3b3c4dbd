import { compareText, InvariantError } from '../base/index.ts';

/** Two words of 32 bits, unsigned. */
export interface Digest {
  readonly high: number;
  readonly low: number;
}

/** The state of a {@link PlainHash}: plain numbers. */
export interface PlainHashState {
  readonly high: number;
  readonly low: number;
}

/**
 * A running 64-bit hash over plain data: two lanes of 32 bits that are fed every word. Equal data hash alike on every
 * machine, whatever the order of their keys; an absent key is the same as `undefined`. Not for secrets.
 */
export class PlainHash {
  #high = START_HIGH;
  #low = START_LOW;

  /** Feeds plain data: null, booleans, numbers, text, arrays and objects. */
  value(value: unknown): void {
    if (typeof value === 'string') {
      this.#word(TAG.text);
      this.text(value);
    } else if (typeof value === 'number') this.#number(value);
    else if (value === true) this.#word(TAG.true);
    else if (value === false) this.#word(TAG.false);
    else if (value === null) this.#word(TAG.null);
    else if (value === undefined) this.#word(TAG.undefined);
    else if (Array.isArray(value)) this.#array(value);
    else if (isPlainObject(value)) this.#object(value);
    else throw new InvariantError(`cannot hash ${Object.prototype.toString.call(value)}: it is not plain data`);
  }

  /** Feeds a text with its length, so that two texts in a row never hash like two others. */
  text(text: string): void {
    this.#word(text.length);
    for (let index = 0; index < text.length; index += 1) this.#word(text.charCodeAt(index));
  }

  /** The hash of all that was fed so far; more may follow. */
  digest(): Digest {
    const first = this.#high + this.#low;
    const high = finish(first);
    const low = finish(this.#low + first);
    return { high: (high + low) >>> 0, low: (low + low + high) >>> 0 };
  }

  checkpoint(): PlainHashState {
    return { high: this.#high, low: this.#low };
  }

  restore(state: PlainHashState): void {
    this.#high = state.high;
    this.#low = state.low;
  }

  #number(value: number): void {
    if (Number.isSafeInteger(value)) {
      this.#word(TAG.integer);
      this.#word(value | 0);
      this.#word(Math.floor(value / 2 ** 32));
    } else {
      // The shortest text that reads back as this number is the same in every engine; its bytes in memory are not.
      this.#word(TAG.fraction);
      this.text(String(value));
    }
  }

  #array(items: readonly unknown[]): void {
    this.#word(TAG.array);
    this.#word(items.length);
    for (const item of items) this.value(item);
  }

  #object(fields: Readonly<Record<string, unknown>>): void {
    const keys = Object.keys(fields).filter((key) => fields[key] !== undefined);
    this.#word(TAG.object);
    this.#word(keys.length);
    for (const key of keys.sort(compareText)) {
      this.text(key);
      this.value(fields[key]);
    }
  }

  /** Feeds one word of 32 bits. */
  #word(word: number): void {
    this.#high = mix(this.#high, word, 0xcc9e2d51, 0x1b873593);
    this.#low = mix(this.#low, word, 0x239b961b, 0x38b34ae5);
  }
}

/** The hash of one plain value, as sixteen hex digits. */
export function hashOf(value: unknown): string {
  const hash = new PlainHash();
  hash.value(value);
  return digestText(hash.digest());
}

/** Sixteen digits of lower-case hex. */
export function digestText({ high, low }: Digest): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

const START_HIGH = 0x9747b28c | 0;
const START_LOW = 0x3c6ef372;

const TAG = {
  undefined: 1,
  null: 2,
  false: 3,
  true: 4,
  integer: 5,
  fraction: 6,
  text: 7,
  array: 8,
  object: 9,
} as const;

/** One step of MurmurHash3's body, with the multipliers of its lane. */
function mix(lane: number, word: number, before: number, after: number): number {
  const scrambled = Math.imul(word, before);
  const mixed = lane ^ Math.imul((scrambled << 15) | (scrambled >>> 17), after);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** MurmurHash3's finish: each bit of the input moves about half of the bits of the output. */
function finish(lane: number): number {
  let bits = lane ^ (lane >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Written as a literal, in this realm or in another. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
