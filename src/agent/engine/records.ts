/** What the engine writes into the trace. */
import type { HealthResult, HealthStatus } from './health.ts';

/** The events of a container, in the engine's words. */
export type ContainerAction =
  | 'create'
  | 'start'
  | 'die'
  | 'destroy'
  | 'pause'
  | 'unpause'
  | 'oom'
  | `health_status: ${HealthStatus}`;

interface OfContainer {
  readonly container: string;
}

export interface EngineRecords {
  readonly 'image.pull-started': { readonly image: string; readonly task: string };
  readonly 'image.pulled': { readonly image: string; readonly task: string; readonly error?: string };
  readonly 'image.pull-canceled': { readonly image: string; readonly task: string };
  readonly 'container.create-requested': OfContainer & { readonly task: string; readonly image: string };
  readonly 'container.start-requested': OfContainer;
  /** `graceSeconds` absent: the engine's default. Recorded whether there is anything to stop or not. */
  readonly 'container.stop-requested': OfContainer & { readonly graceSeconds?: number };
  readonly 'container.signaled': OfContainer & { readonly signal: string };
  readonly 'container.exited': OfContainer & { readonly exitCode: number };
  readonly 'container.remove-requested': OfContainer;
  readonly 'container.removed': OfContainer;
  /** An event of the engine, as `docker events` shows it. */
  readonly 'container.event-raised': OfContainer & { readonly action: ContainerAction };
  readonly 'probe.begun': OfContainer & { readonly start: number };
  readonly 'probe.ended': OfContainer &
    HealthResult & { readonly failingStreak: number; readonly status: HealthStatus };
}
