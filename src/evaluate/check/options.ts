import type { Seed } from '../../sim/index.ts';
import type { Scenario } from '../scenario/scenario.ts';

export interface CheckOptions {
  /** Its cluster takes the place of the assumed one, and its images say how the services' images behave when they are good. */
  readonly scenario?: Scenario;
  /** Default 1. */
  readonly seed?: Seed;
  /** The version of dryswarm, for the tokens of the findings; without it they have none. */
  readonly version?: string;
  /** Told before each service. */
  readonly progress?: (service: string) => void;
}
