import { MICROS_PER_MILLI, type Micros, unreachable } from '../base/index.ts';
import type { Distribution } from '../sim/index.ts';

/** A distribution of durations in words. */
export function spanText(distribution: Distribution): string {
  switch (distribution.kind) {
    case 'fixed':
      return millisText(distribution.value);
    case 'uniform':
      return `${millisText(distribution.min)} to ${millisText(distribution.max)}`;
    case 'normal':
      return `${millisText(distribution.mean)} ± ${millisText(distribution.deviation)}`;
    case 'lognormal':
      return `${millisText(distribution.median)} in the median`;
    case 'exponential':
      return `${millisText(distribution.mean)} on average`;
    case 'empirical':
      return `one of ${distribution.values.length} measured values`;
    default:
      return unreachable(distribution);
  }
}

function millisText(span: Micros): string {
  return `${Number((span / MICROS_PER_MILLI).toFixed(3))} ms`;
}
