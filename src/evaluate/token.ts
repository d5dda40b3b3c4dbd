/**
 * Replay tokens: `ds1:` and a few bytes as base64url. A token says which rehearsal it was, which version made it, and,
 * by a digest, of what; the files themselves have to be named again.
 */
import { DryswarmError } from '../base/index.ts';
import { hashOf, type Seed } from '../sim/index.ts';

export interface Replay {
  /** The version of dryswarm that has made it: another one may take another course. */
  readonly version: string;
  /** Of everything that the rehearsal was made from, see {@link digestOf}. */
  readonly digest: string;
  /** Which of the rehearsals that these inputs allow, in the words of whoever made it. */
  readonly what: string;
  readonly seed: Seed;
}

const PREFIX = 'ds1:';
const DIGEST_DIGITS = 12;
/** How a seed is written; numbers that are not whole, or below zero, as text. */
const SEED = { text: 0, whole: 1, number: 2 };

/** Of plain data. Files that say the same in other words have the same. */
export function digestOf(inputs: unknown): string {
  return hashOf(inputs).slice(0, DIGEST_DIGITS);
}

export function formatToken({ version, digest, what, seed }: Replay): string {
  const digestBytes = Array.from({ length: DIGEST_DIGITS / 2 }, (_, index) =>
    Number.parseInt(digest.slice(index * 2, index * 2 + 2), 16),
  );
  return PREFIX + base64url([...digestBytes, ...textBytes(version), ...textBytes(what), ...seedBytes(seed)]);
}

function seedBytes(seed: Seed): number[] {
  if (typeof seed === 'string') return [SEED.text, ...textBytes(seed)];
  const isWhole = Number.isSafeInteger(seed) && seed >= 0;
  return isWhole ? [SEED.whole, ...numberBytes(seed)] : [SEED.number, ...textBytes(String(seed))];
}

/** @throws DryswarmError (`invalid-token`) */
export function parseToken(token: string): Replay {
  if (!token.startsWith(PREFIX)) {
    const other = /^ds(\d+):/.exec(token);
    throw invalid(
      other ? `it is of format ${other[1]}, and this version reads format 1` : `a token begins with ${PREFIX}`,
    );
  }
  const reader = new Reader(bytesOf(token.slice(PREFIX.length)));
  const digest = Array.from({ length: DIGEST_DIGITS / 2 }, () => reader.byte().toString(16).padStart(2, '0')).join('');
  const version = reader.text();
  const what = reader.text();
  const seed = seedFrom(reader);
  if (!reader.isAtEnd) throw invalid('there is too much of it');
  return { version, digest, what, seed };
}

function seedFrom(reader: Reader): Seed {
  const kind = reader.byte();
  if (kind === SEED.whole) return reader.number();
  return kind === SEED.number ? Number(reader.text()) : reader.text();
}

/**
 * The rehearsal has to be the same: made by this version, of these inputs.
 * @throws DryswarmError (`other-version`, `other-input`)
 */
export function requireSame(replay: Replay, version: string, inputs: unknown): void {
  if (replay.version !== version) {
    throw new DryswarmError(
      'other-version',
      `the token was made by dryswarm ${replay.version}, and this is ${version}: what it shows may have changed`,
      `npx dryswarm@${replay.version} replay ...`,
    );
  }
  if (replay.digest !== digestOf(inputs)) {
    throw new DryswarmError(
      'other-input',
      'the token was made from other files, or from another state of them',
      'name the same files, in the same order and with the same environment, as they were then',
    );
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function base64url(bytes: readonly number[]): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(index, index + 3);
    const bits = (a << 16) | (b << 8) | c;
    const digits = Math.min(3, bytes.length - index) + 1;
    for (let digit = 0; digit < digits; digit += 1) text += ALPHABET[(bits >> (18 - 6 * digit)) & 63];
  }
  return text;
}

function bytesOf(text: string): readonly number[] {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const digit of text) {
    const value = ALPHABET.indexOf(digit);
    if (value < 0) throw invalid(`${JSON.stringify(digit)} does not belong into it`);
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 255);
  }
  return bytes;
}

/** Seven bits a byte, the lowest first; all but the last have the eighth set. */
function numberBytes(number: number): number[] {
  const bytes: number[] = [];
  let rest = number;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

/** Its length, and its characters as numbers. */
function textBytes(text: string): number[] {
  const characters = [...text].map((character) => character.codePointAt(0)!);
  return [...numberBytes(characters.length), ...characters.flatMap(numberBytes)];
}

class Reader {
  readonly #bytes: readonly number[];
  #at = 0;

  constructor(bytes: readonly number[]) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw invalid('there is too little of it');
    this.#at += 1;
    return byte;
  }

  number(): number {
    let number = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      number += (byte & 127) * scale;
      if (!Number.isSafeInteger(number)) throw invalid('it has a number that is too large');
      if (byte < 128) return number;
    }
  }

  text(): string {
    const length = this.number();
    let text = '';
    for (let index = 0; index < length; index += 1) {
      const character = this.number();
      if (character > 0x10ffff) throw invalid('it has a character that is none');
      text += String.fromCodePoint(character);
    }
    return text;
  }
}

function invalid(problem: string): DryswarmError {
  return new DryswarmError('invalid-token', `this is no replay token: ${problem}`, 'copy it whole, as it was printed');
}
