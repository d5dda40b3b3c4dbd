/** Numbers as a reader wants them. */
import { formatDuration } from '../api/index.ts';
import { type Micros, type Nanoseconds, nanosOf } from '../base/index.ts';

/** A measured time, to the second from ten seconds up and to the tenth below: `1m24s`, `2.5s`. */
export function time(micros: Micros): string {
  const unit = micros >= 10_000_000 ? 1_000_000 : 100_000;
  return setting(nanosOf(Math.round(micros / unit) * unit));
}

/** A duration as Docker writes it, without units that are zero: `1m`, not `1m0s`. */
export function setting(duration: Nanoseconds): string {
  return formatDuration(duration)
    .replace(/(?<=[hm])0s$/, '')
    .replace(/(?<=h)0m$/, '');
}

/** `1 task`, `2 tasks`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `a`, `a and b`, `a, b and 4 more`. */
export function list(names: readonly string[]): string {
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
