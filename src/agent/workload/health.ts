/** What a health check finds: by default, that the container is healthy. It needs a check to be of any effect. */
import type { Distribution } from '../../sim/index.ts';
import type { Probe } from '../engine/workload.ts';
import { defineBehaviour, draw } from './behaviour.ts';
import { distributionOf, type UncertainDuration } from './duration.ts';
import { type Occurrence, type OccurrenceInput, occurrenceOf, occurs } from './occurrence.ts';

/** How long a probe takes. */
export type ProbeInput = UncertainDuration;

export type HealthyInput = UncertainDuration | { readonly after: UncertainDuration };

export interface UnhealthyInput extends Occurrence {
  /** Since the process runs. */
  readonly after: UncertainDuration;
  /** After so long it is healthy again; absent: never. */
  readonly lasts?: UncertainDuration;
}

export const probe = defineBehaviour({
  name: 'probe',
  read: (input: ProbeInput) => distributionOf(input),
  probe(takes: Distribution, made, { probe: count }, subject) {
    return { ...made, runs: draw(takes, subject, `probe/${count}`) };
  },
});

/** Probes fail until so long after the start of the process: what a start period is for. */
export const healthy = defineBehaviour({
  name: 'healthy',
  read: (input: HealthyInput) => distributionOf(typeof input === 'object' && 'after' in input ? input.after : input),
  probe(after: Distribution, made, { age }, subject) {
    return age < draw(after, subject, 'healthy') ? failing(made) : made;
  },
});

/** Every probe fails. */
export const neverHealthy = defineBehaviour({
  name: 'neverHealthy',
  read: (input: OccurrenceInput) => occurrenceOf(input),
  probe(occurrence, made, _, subject) {
    return occurs(occurrence, subject, 'neverHealthy') ? failing(made) : made;
  },
});

/** Probes fail from some time after the start of the process on. */
export const unhealthy = defineBehaviour({
  name: 'unhealthy',
  read: (input: UnhealthyInput) => ({
    occurrence: occurrenceOf(input),
    after: distributionOf(input.after),
    lasts: input.lasts === undefined ? undefined : distributionOf(input.lasts),
  }),
  probe({ occurrence, after, lasts }, made, { age }, subject) {
    if (!occurs(occurrence, subject, 'unhealthy')) return made;
    const from = draw(after, subject, 'unhealthy');
    const to = lasts === undefined ? Number.POSITIVE_INFINITY : from + draw(lasts, subject, 'unhealthy/lasts');
    return age >= from && age < to ? failing(made) : made;
  },
});

function failing(made: Probe): Probe {
  return { ...made, exitCode: 1 };
}
