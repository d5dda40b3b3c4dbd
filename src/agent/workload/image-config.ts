/** What was built into the image: it holds for services that do not say otherwise. */
import { durationOf, type HealthConfig } from '../../api/index.ts';
import type { DurationInput } from '../../base/index.ts';
import { defineBehaviour } from './behaviour.ts';

export interface HealthcheckInput {
  /** Default `['CMD', 'check']`. */
  readonly test?: readonly string[];
  readonly interval?: DurationInput;
  readonly timeout?: DurationInput;
  readonly retries?: number;
  readonly startPeriod?: DurationInput;
  readonly startInterval?: DurationInput;
}

export const healthcheck = defineBehaviour({
  name: 'healthcheck',
  read: ({ test = ['CMD', 'check'], retries = 0, ...times }: HealthcheckInput): HealthConfig => ({
    test,
    retries,
    interval: durationOf(times.interval ?? 0),
    timeout: durationOf(times.timeout ?? 0),
    startPeriod: durationOf(times.startPeriod ?? 0),
    startInterval: durationOf(times.startInterval ?? 0),
  }),
  image: (check: HealthConfig, made) => ({ ...made, healthcheck: check }),
});

export const stopSignal = defineBehaviour({
  name: 'stopSignal',
  read: (input: string) => input,
  image: (signal: string, made) => ({ ...made, stopSignal: signal }),
});
