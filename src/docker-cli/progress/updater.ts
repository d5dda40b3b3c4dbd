import type { Service } from '../engine/service-types.ts';
import { CommandFailure } from '../failure.ts';
import type { ProgressDisplay } from './display.ts';
import { GlobalUpdater } from './global.ts';
import { GlobalJobUpdater } from './global-job.ts';
import type { ProgressUpdater } from './observation.ts';
import { ReplicatedUpdater } from './replicated.ts';
import { ReplicatedJobUpdater } from './replicated-job.ts';

/** The updater for the mode of a service. */
export function createUpdater(service: Service, display: ProgressDisplay): ProgressUpdater {
  const { Replicated, Global, ReplicatedJob, GlobalJob } = service.Spec.Mode;
  if (Replicated && Replicated.Replicas !== null) return new ReplicatedUpdater(display);
  if (Global) return new GlobalUpdater(display);
  if (ReplicatedJob) return new ReplicatedJobUpdater(display, service);
  if (GlobalJob) return new GlobalJobUpdater(display);
  throw new CommandFailure('unrecognized service mode');
}
