/** Durations as Go writes them, in whole nanoseconds: Docker's specs, flags and texts all use this form. */
import { DryswarmError, type DurationInput, type Nanoseconds } from '../base/index.ts';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3], // U+00B5, micro sign
  ['μs', 1e3], // U+03BC, Greek letter mu
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
]);

const MAX_INT64 = 2n ** 63n - 1n;

/**
 * Reads a duration such as `1h2m3.5s`, `250ms` or `-5s`; a lone `0` needs no unit and there are no days.
 *
 * @throws DryswarmError (`invalid-duration`) in Go's words, such as `time: missing unit in duration "10"`.
 */
export function parseDuration(text: string): Nanoseconds {
  const unsigned = text.replace(/^[-+]/, '');
  const sign = text.startsWith('-') ? -1 : 1;
  if (unsigned === '0') return 0;
  if (unsigned === '') throw invalid(`invalid duration ${JSON.stringify(text)}`);
  let total = 0n;
  let rest = unsigned;
  while (rest !== '') {
    const match = /^(\d*)(?:\.(\d*))?/.exec(rest)!;
    const [number, whole = '', fraction = ''] = match;
    if (whole === '' && fraction === '') throw invalid(`invalid duration ${JSON.stringify(text)}`);
    rest = rest.slice(number.length);
    const [name] = /^[^.0-9]*/.exec(rest)!;
    if (name === '') throw invalid(`missing unit in duration ${JSON.stringify(text)}`);
    const unit = UNITS.get(name);
    if (unit === undefined) throw invalid(`unknown unit ${JSON.stringify(name)} in duration ${JSON.stringify(text)}`);
    rest = rest.slice(name.length);
    total += BigInt(whole || '0') * BigInt(unit) + BigInt(Math.trunc(Number(`0.${fraction || '0'}`) * unit));
    if (total > MAX_INT64 + (sign < 0 ? 1n : 0n)) throw invalid(`invalid duration ${JSON.stringify(text)}`);
  }
  return total === 0n ? 0 : sign * Number(total);
}

/** A duration as a user may give it: Go's text, or nanoseconds, which pass unchanged. */
export function durationOf(input: DurationInput): Nanoseconds {
  return typeof input === 'number' ? input : parseDuration(input);
}

/** Writes a duration as Go does: `1m0s`, `1.5s`, `100µs`, `0s`. */
export function formatDuration(duration: Nanoseconds): string {
  if (duration === 0) return '0s';
  const sign = duration < 0 ? '-' : '';
  const size = BigInt(Math.abs(duration));
  if (size < 1_000_000_000n) {
    const [unit, digits] = size < 1_000n ? ['ns', 0] : size < 1_000_000n ? ['µs', 3] : ['ms', 6];
    return `${sign}${decimal(size, digits as number)}${unit}`;
  }
  const minutes = size / 60_000_000_000n;
  const seconds = `${decimal(size % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return sign + seconds;
  const hours = minutes / 60n;
  return `${sign}${hours > 0n ? `${hours}h` : ''}${minutes % 60n}m${seconds}`;
}

/** `value` with its last `digits` digits behind the point, and no zeros at the end. */
function decimal(value: bigint, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const fraction = (value % scale).toString().padStart(digits, '0').replace(/0+$/, '');
  const whole = value / scale;
  return digits === 0 || fraction === '' ? whole.toString() : `${whole}.${fraction}`;
}

function invalid(problem: string): DryswarmError {
  const hint = 'a number and a unit (ns, us, ms, s, m, h), repeated: 90s, 1m30s, 1.5h';
  return new DryswarmError('invalid-duration', `time: ${problem}`, hint);
}
