/** Number parsing with the results and the error texts of Go's strconv package. */

import { parseFloat64, quote } from '../../go/index.ts';
import { CommandFailure } from '../failure.ts';

type Base = 0 | 8 | 10;

/** `strconv.ParseUint`. Base 0 also understands `0x`, `0o`, `0b`, a leading `0` and underscores. */
export function readUint(text: string, options: { base: Base; bits: 16 | 32 | 64 }): number {
  return Number(parseInteger(text, { ...options, signed: false }));
}

/** `strconv.ParseInt`. */
export function readInt(text: string, options: { base: Base; bits: 64 }): number {
  return Number(parseInteger(text, { ...options, signed: true }));
}

/** `strconv.ParseBool`. */
export function readBool(text: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  throw numberError('ParseBool', text, 'invalid syntax');
}

/** `strconv.ParseFloat`. */
export function readFloat(text: string): number {
  const parsed = parseFloat64(text);
  if ('problem' in parsed) throw new CommandFailure(parsed.problem);
  return parsed.value;
}

function parseInteger(text: string, options: { base: Base; bits: number; signed: boolean }): bigint {
  const name = options.signed ? 'ParseInt' : 'ParseUint';
  const match = /^([+-]?)(.+)$/.exec(text);
  if (!match || (match[1] !== '' && !options.signed)) throw numberError(name, text, 'invalid syntax');
  const magnitude = parseMagnitude(match[2]!, options.base);
  if (magnitude === undefined) throw numberError(name, text, 'invalid syntax');
  const value = match[1] === '-' ? -magnitude : magnitude;
  const [lowest, highest] = options.signed
    ? [-(1n << BigInt(options.bits - 1)), (1n << BigInt(options.bits - 1)) - 1n]
    : [0n, (1n << BigInt(options.bits)) - 1n];
  if (value < lowest || value > highest) throw numberError(name, text, 'value out of range');
  return value;
}

function parseMagnitude(digits: string, base: Base): bigint | undefined {
  if (base === 10) return /^\d+$/.test(digits) ? BigInt(digits) : undefined;
  if (base === 8) return /^[0-7]+$/.test(digits) ? BigInt(`0o${digits}`) : undefined;
  const plain = digits.replace(/(?<=[\da-f])_(?=[\da-f])/gi, '').toLowerCase();
  if (/^(0x[\da-f]+|0o[0-7]+|0b[01]+)$/.test(plain)) return BigInt(plain);
  if (/^0[0-7]+$/.test(plain)) return BigInt(`0o${plain.slice(1)}`);
  return /^(0|[1-9]\d*)$/.test(plain) ? BigInt(plain) : undefined;
}

function numberError(name: string, text: string, reason: string): NumberFailure {
  return new NumberFailure(name, text, reason);
}

/** Carries the bare reason as well: some flags print it without Go's prefix. */
export class NumberFailure extends CommandFailure {
  readonly reason: string;

  constructor(name: string, text: string, reason: string) {
    super(`strconv.${name}: parsing ${quote(text)}: ${reason}`);
    this.reason = reason;
  }
}
