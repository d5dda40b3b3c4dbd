/** The behaviours that come with dryswarm. A new one is a file in this folder and a line in each list here. */
import type { Behaviour } from './behaviour.ts';
import { type CompletesInput, completes, type FailsInput, fails } from './ends.ts';
import {
  type HealthyInput,
  healthy,
  neverHealthy,
  type ProbeInput,
  probe,
  type UnhealthyInput,
  unhealthy,
} from './health.ts';
import { type HealthcheckInput, healthcheck, stopSignal } from './image-config.ts';
import { type LogInput, log } from './log.ts';
import { type MissingInput, missing } from './missing.ts';
import type { OccurrenceInput } from './occurrence.ts';
import { type PullInput, pull } from './pull.ts';
import { type CreateFailsInput, createFails, type PullFailsInput, pullFails } from './refused.ts';
import { type StartInput, start } from './start.ts';
import { type IgnoresStopSignalInput, ignoresStopSignal, type StopInput, stop } from './stop.ts';

/**
 * How an image behaves. What is absent takes no time and succeeds; containers run until they are stopped.
 *
 * Behaviours of one's own are declared by adding their key to this interface.
 */
export interface ImageDefinition {
  readonly pull?: PullInput;
  readonly missing?: MissingInput;
  readonly pullFails?: PullFailsInput;
  readonly createFails?: CreateFailsInput;
  readonly start?: StartInput;
  readonly completes?: CompletesInput;
  readonly fails?: FailsInput;
  readonly probe?: ProbeInput;
  readonly healthy?: HealthyInput;
  readonly neverHealthy?: OccurrenceInput;
  readonly unhealthy?: UnhealthyInput;
  readonly log?: LogInput;
  readonly stop?: StopInput;
  readonly ignoresStopSignal?: IgnoresStopSignalInput;
  readonly healthcheck?: HealthcheckInput;
  readonly stopSignal?: string;
}

/** In the order in which they are asked. */
export const BEHAVIOURS: readonly Behaviour[] = [
  pull,
  missing,
  pullFails,
  createFails,
  start,
  completes,
  fails,
  probe,
  healthy,
  neverHealthy,
  unhealthy,
  log,
  stop,
  ignoresStopSignal,
  healthcheck,
  stopSignal,
];
