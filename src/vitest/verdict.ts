/** What a matcher finds, before it is put into words. */
import type { Instant } from '../base/index.ts';
import type { ObservedSwarm } from '../swarm/index.ts';

export interface Verdict {
  readonly pass: boolean;
  readonly swarm: ObservedSwarm;
  /** Whom it is about: a service's name, or `the swarm`. */
  readonly subject: string;
  /** What was expected, as it follows `expected api `: `to have converged`. */
  readonly expected: string;
  /** What is the case instead, or what was found of that which was not expected. */
  readonly found: string;
  /** Where in time to look. Default: the end. */
  readonly where?: { readonly from: Instant; readonly until: Instant };
  /** Only the time line of this service is of interest. */
  readonly service?: string;
}
