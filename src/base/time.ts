/**
 * Virtual time. The kernel counts whole **microseconds** since the start of a simulation; Docker's own
 * durations (in specs and in text) are whole **nanoseconds**. Both are plain numbers with a name of their own,
 * so that a reader always knows the unit.
 */

/** A point in virtual time: whole microseconds since the start of the simulation. */
export type Instant = number;

/** A span of virtual time in whole microseconds. */
export type Micros = number;

/** A span as Docker writes it in a spec: whole nanoseconds. */
export type Nanoseconds = number;

/** A duration as a user may give it: nanoseconds, or text in Go's syntax such as `1m30s`, `250ms` or `0s`. */
export type DurationInput = Nanoseconds | string;

export const NANOSECONDS_PER_MICRO = 1_000;
export const MICROS_PER_MILLI = 1_000;
export const MICROS_PER_SECOND = 1_000_000;

/** Virtual microseconds of `count` milliseconds. */
export function millis(count: number): Micros {
  return Math.round(count * MICROS_PER_MILLI);
}

/** Virtual microseconds of `count` seconds. */
export function seconds(count: number): Micros {
  return Math.round(count * MICROS_PER_SECOND);
}

/** Virtual microseconds of `count` minutes. */
export function minutes(count: number): Micros {
  return seconds(count * 60);
}

/** Virtual microseconds of `count` hours. */
export function hours(count: number): Micros {
  return minutes(count * 60);
}

/** Docker's nanoseconds as kernel microseconds, rounded up so that nothing happens earlier than asked. */
export function microsOf(duration: Nanoseconds): Micros {
  return Math.ceil(duration / NANOSECONDS_PER_MICRO);
}

/** Kernel microseconds as Docker's nanoseconds. */
export function nanosOf(duration: Micros): Nanoseconds {
  return duration * NANOSECONDS_PER_MICRO;
}
