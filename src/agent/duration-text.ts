import type { Nanoseconds } from '../base/index.ts';

/** A duration as Go prints it: `1m30.5s`, `250ms`, `0s`. */
export function goDuration(duration: Nanoseconds): string {
  const sign = duration < 0 ? '-' : '';
  const nanos = Math.abs(duration);
  if (nanos === 0) return '0s';
  if (nanos < 1e3) return `${sign}${nanos}ns`;
  if (nanos < 1e6) return `${sign}${fraction(nanos, 3)}µs`;
  if (nanos < 1e9) return `${sign}${fraction(nanos, 6)}ms`;
  const minutes = Math.floor(nanos / 60e9);
  const seconds = `${fraction(nanos - minutes * 60e9, 9)}s`;
  if (minutes === 0) return sign + seconds;
  const hours = Math.floor(minutes / 60);
  return `${sign}${hours > 0 ? `${hours}h` : ''}${minutes - hours * 60}m${seconds}`;
}

/** `value` divided by 10^`digits`, exactly, without trailing zeros. */
function fraction(value: number, digits: number): string {
  const text = String(value).padStart(digits + 1, '0');
  const decimals = text.slice(-digits).replace(/0+$/, '');
  return decimals === '' ? text.slice(0, -digits) : `${text.slice(0, -digits)}.${decimals}`;
}
