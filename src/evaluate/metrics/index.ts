import type { ServiceHistory } from '../history.ts';
import { atRest } from './at-rest.ts';
import { detection } from './detection.ts';
import { duration } from './duration.ts';
import { exposure } from './exposure.ts';
import { failures } from './failures.ts';
import { lowestRunning } from './lowest-running.ts';
import { outcome } from './outcome.ts';
import { versionMix } from './version-mix.ts';

export { OUTCOMES, type Outcome } from './outcome.ts';
export type { VersionMix } from './version-mix.ts';

/** Every figure that a rehearsal gives of a service. */
export const METRICS = { outcome, atRest, duration, detection, lowestRunning, exposure, failures, versionMix };

/** What was measured of one service in one rehearsal. */
export type Measurements = { readonly [K in keyof typeof METRICS]: ReturnType<(typeof METRICS)[K]['measure']> };

export function measure(history: ServiceHistory): Measurements {
  return {
    outcome: outcome.measure(history),
    atRest: atRest.measure(history),
    duration: duration.measure(history),
    detection: detection.measure(history),
    lowestRunning: lowestRunning.measure(history),
    exposure: exposure.measure(history),
    failures: failures.measure(history),
    versionMix: versionMix.measure(history),
  };
}
