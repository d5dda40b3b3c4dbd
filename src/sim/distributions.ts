import { assert, type Micros, unreachable } from '../base/index.ts';
import { exp, log, normalQuantile } from './arithmetic.ts';

/**
 * How a quantity varies, as data. All numbers of one distribution have one unit, microseconds where it is sampled by
 * {@link sampleDuration}.
 */
export type Distribution =
  | { readonly kind: 'fixed'; readonly value: number }
  /** Any number in [`min`, `max`), each with the same chance. */
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  /** Half of the samples are below `median`; `sigma` is the standard deviation of their logarithm. */
  | { readonly kind: 'lognormal'; readonly median: number; readonly sigma: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  /** One of the measured values, each with the same chance; at least one. */
  | { readonly kind: 'empirical'; readonly values: readonly number[] };

/**
 * One sample, given a source of numbers in [0, 1). Each kind, the fixed one too, takes exactly **one** draw, and a
 * higher draw never gives a lower sample (an empirical one aside, whose values come in the order given): replacing
 * one distribution by another moves no other draw, so two variants of a run face the same luck.
 */
export function sample(distribution: Distribution, draw: () => number): number {
  const u = draw();
  switch (distribution.kind) {
    case 'fixed':
      return distribution.value;
    case 'uniform':
      return distribution.min + (distribution.max - distribution.min) * u;
    case 'normal':
      return distribution.mean + distribution.deviation * normalQuantile(insideOf(u));
    case 'lognormal':
      return distribution.median * exp(distribution.sigma * normalQuantile(insideOf(u)));
    case 'exponential':
      return -distribution.mean * log(1 - u);
    case 'empirical': {
      const { values } = distribution;
      assert(values.length > 0, 'an empirical distribution needs values');
      return values[Math.floor(u * values.length)]!;
    }
    default:
      return unreachable(distribution);
  }
}

/** One sample of a distribution in microseconds, as a duration: rounded to a whole number, and 0 where it is below. */
export function sampleDuration(distribution: Distribution, draw: () => number): Micros {
  return Math.max(0, Math.round(sample(distribution, draw)));
}

/** No sample of {@link sampleDuration} is longer. Long tails end where 53 bits of chance end. */
export function longestDuration(distribution: Distribution): Micros {
  if (distribution.kind !== 'empirical') return sampleDuration(distribution, () => 1 - 2 ** -53);
  return Math.max(...distribution.values.map((value) => sampleDuration({ kind: 'fixed', value }, () => 0)));
}

/** The quantile of 0 is minus infinity; a draw of 0 stands for the middle of the step of 2^-53 that it covers. */
function insideOf(u: number): number {
  return u === 0 ? 2 ** -54 : u;
}
