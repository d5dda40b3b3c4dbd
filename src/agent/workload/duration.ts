import { durationOf } from '../../api/index.ts';
import { DryswarmError, type DurationInput, microsOf } from '../../base/index.ts';
import type { Distribution } from '../../sim/index.ts';

/**
 * A duration of which a user may not be sure: fixed (`8s`, or nanoseconds), `8s ± 2s` (or `8s +- 2s`: normal, with
 * that standard deviation), `5s..10s` (any in between), or a {@link Distribution} in microseconds.
 */
export type UncertainDuration = DurationInput | Distribution;

/**
 * @throws DryswarmError (`invalid-duration`) for text that is none of these.
 */
export function distributionOf(input: UncertainDuration): Distribution {
  if (typeof input === 'object') return input;
  if (typeof input === 'number') return { kind: 'fixed', value: micros(input) };
  const normal = /^(.+?)\s*(?:±|\+-)\s*(.+)$/.exec(input);
  if (normal) return { kind: 'normal', mean: micros(normal[1]!), deviation: micros(normal[2]!) };
  const uniform = /^(.+?)\s*\.\.\s*(.+)$/.exec(input);
  if (uniform) return between(micros(uniform[1]!), micros(uniform[2]!), input);
  return { kind: 'fixed', value: micros(input) };
}

function between(min: number, max: number, text: string): Distribution {
  if (min <= max) return { kind: 'uniform', min, max };
  throw new DryswarmError('invalid-duration', `${text} is backwards`, 'the shorter one comes first: 5s..10s');
}

function micros(input: DurationInput): number {
  const duration = durationOf(input);
  if (duration >= 0) return microsOf(duration);
  throw new DryswarmError('invalid-duration', `a workload cannot take ${input}`, 'give a duration of 0 or more');
}
