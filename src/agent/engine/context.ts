/** What the parts of the engine share: its state as plain data, and the ports to the world. */
import type { HealthConfig, PortConfig } from '../../api/index.ts';
import type { Instant } from '../../base/index.ts';
import type { TimerId, Timers } from '../timers.ts';
import type { HealthState } from './health.ts';
import type { Printed } from './log.ts';
import type { ContainerAction, EngineRecords } from './records.ts';
import type { ContainerIdentity, Run, Workload } from './workload.ts';

/** Chosen by whoever asks; the reply carries it. */
export type RequestId = number;

export interface EngineState {
  /** By name. */
  readonly containers: Map<string, ContainerState>;
  readonly pulls: Map<RequestId, PullState>;
  /** Images of which a pull has ended well here. */
  readonly pulledImages: Set<string>;
}

export interface PullState {
  readonly image: string;
  readonly taskId: string;
  readonly ends: Instant;
  readonly error: string | undefined;
  readonly timer: TimerId;
}

/** What is fixed when a container is created. */
export interface ContainerConfig extends ContainerIdentity {
  /** After the image's was merged in. */
  readonly healthcheck?: HealthConfig;
  /** Default SIGTERM. */
  readonly stopSignal?: string;
  /** Ports of the node that it binds while it runs; 0 lets the engine choose. */
  readonly hostPorts: readonly PortConfig[];
}

export interface ContainerState {
  readonly config: ContainerConfig;
  phase: 'creating' | 'created' | 'starting' | 'running' | 'exited' | 'removing';
  /** The end of creating, starting or removing. */
  phaseTimer: TimerId | undefined;
  isPaused: boolean;
  /** Of the last run, 0 before. */
  exitCode: number;
  /** When the last start that succeeded was asked for. */
  startedAt: Instant | undefined;
  /** How many times a start was asked for, and how many probes the present run has had. */
  runs: number;
  probes: number;
  run: Run | undefined;
  printed: Printed;
  /** Of the node, while it runs. */
  boundPorts: readonly PortConfig[];
  health: HealthState | undefined;
  ending: { readonly timer: TimerId; readonly at: Instant; readonly exitCode: number } | undefined;
  /** Who waits for the end of the present run, in the order of asking. */
  exitWaiters: readonly ExitWaiter[];
  /** While a container is being started the engine holds its lock, and these wait. */
  locked: readonly LockedRequest[];
}

export interface ExitWaiter {
  readonly for: 'wait' | 'stop' | 'remove';
  readonly request: RequestId;
  /** When a stop loses its patience. */
  readonly timer: TimerId | undefined;
}

export type LockedRequest =
  | { readonly kind: 'inspect' | 'wait' | 'remove'; readonly request: RequestId }
  | { readonly kind: 'stop'; readonly request: RequestId; readonly graceSeconds: number | undefined };

/** The engine's queued events. */
export type EngineTimer =
  | { readonly kind: 'engine.pull-end'; readonly request: RequestId }
  | {
      readonly kind: 'engine.create-end';
      readonly container: string;
      readonly request: RequestId;
      readonly error?: string;
    }
  | {
      readonly kind: 'engine.boot-end';
      readonly container: string;
      readonly request: RequestId;
      readonly since: Instant;
    }
  | { readonly kind: 'engine.run-end'; readonly container: string }
  | { readonly kind: 'engine.health'; readonly container: string }
  | { readonly kind: 'engine.grace-end'; readonly container: string; readonly request: RequestId }
  | { readonly kind: 'engine.kill-failed'; readonly container: string; readonly request: RequestId }
  | { readonly kind: 'engine.remove-end'; readonly container: string; readonly request: RequestId };

export type EngineReply =
  | { readonly kind: 'done' }
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'inspected'; readonly container: ContainerView }
  | { readonly kind: 'failed'; readonly error: string; readonly reason?: 'not-found' | 'not-modified' | 'conflict' };

/** A container as an inspection shows it. */
export interface ContainerView {
  readonly id: string;
  readonly status: 'created' | 'running' | 'paused' | 'exited';
  readonly exitCode: number;
  readonly healthcheck: HealthConfig | undefined;
  readonly health: HealthState | undefined;
  /** The node's ports that are bound. */
  readonly hostPorts: readonly PortConfig[];
}

export interface EngineListener {
  replied(request: RequestId, reply: EngineReply): void;
  event(container: string, action: ContainerAction): void;
}

export interface EngineContext {
  readonly state: EngineState;
  readonly timers: Timers<EngineTimer>;
  readonly workload: Workload;
  readonly listener: EngineListener;
  record<K extends keyof EngineRecords>(kind: K, payload: EngineRecords[K]): void;
}

export const DONE: EngineReply = { kind: 'done' };

export function noSuchContainer(name: string): EngineReply {
  return { kind: 'failed', reason: 'not-found', error: `No such container: ${name}` };
}
