/** The engine's health monitor: when it probes a container, and what it makes of the results. */
import type { HealthConfig } from '../../api/index.ts';
import type { Instant, Micros } from '../../base/index.ts';
import type { TimerId } from '../timers.ts';
import { type ProbePlan, probeCommand, probePlan } from './health-config.ts';
import { type Probe, probeResult } from './probe.ts';

export type HealthStatus = 'starting' | 'healthy' | 'unhealthy';

export interface HealthResult {
  readonly start: Instant;
  readonly end: Instant;
  /** -1: it took too long or could not be run. */
  readonly exitCode: number;
  readonly output: string;
}

/** A container's health. It outlives the container's runs: their results stay in the log. */
export interface HealthState {
  status: HealthStatus;
  failingStreak: number;
  /** The last five results, oldest first. */
  log: readonly HealthResult[];
  /** Absent while nobody probes: the container does not run, or is paused. */
  monitor: Monitor | undefined;
}

export interface Monitor {
  timer: TimerId;
  /** The probe in progress, whose end the timer waits for. */
  probe: HealthResult | undefined;
}

/** What the monitor knows of its container, and whom it tells. */
export interface Monitored {
  readonly containerId: string;
  readonly check: HealthConfig;
  /** The start period counts from here, which is before the process was created. */
  readonly startedAt: Instant;
  readonly now: Instant;
  wake(at: Instant, phase: number): TimerId;
  cancel(timer: TimerId): void;
  /** How the next probe of this life behaves. */
  nextProbe(): Probe;
  begun(probe: HealthResult): void;
  ended(probe: HealthResult): void;
  /** A probe's result has changed the status. */
  changed(status: HealthStatus): void;
}

const LOG_ENTRIES = 5;
/** The engine handles a container's end before that of a probe still running in it, which then has no result. */
const AFTER_EXITS = 1;

/**
 * Begins anew for a container that was started, or taken over by an engine that was started around it.
 * Undefined where the engine does not probe it. (moby daemon/health.go, initHealthMonitor)
 */
export function beginHealth(health: HealthState | undefined, container: Monitored): HealthState | undefined {
  if (probeCommand(container.check) === undefined) return health;
  if (health !== undefined) stopMonitor(health, container);
  const begun: HealthState = { status: 'starting', failingStreak: 0, log: health?.log ?? [], monitor: undefined };
  resumeMonitor(begun, container);
  return begun;
}

/** Probes (again) a container that runs and is not paused. (moby daemon/health.go, updateHealthMonitor) */
export function resumeMonitor(health: HealthState, container: Monitored): void {
  if (health.monitor !== undefined) return;
  health.monitor = { timer: wakeForNext(health, container), probe: undefined };
}

/**
 * Ends the probing; the result of a probe in progress is lost. The status then reads unhealthy, but no event says
 * so. (moby daemon/container/health.go, CloseMonitorChannel)
 */
export function stopMonitor(health: HealthState, container: Pick<Monitored, 'cancel'>): void {
  if (health.monitor === undefined) return;
  container.cancel(health.monitor.timer);
  health.monitor = undefined;
  health.status = 'unhealthy';
}

/** The monitor's timer is due: a probe begins or ends. (moby daemon/health.go, monitor) */
export function healthTimer(health: HealthState, container: Monitored): void {
  const { monitor } = health;
  if (monitor === undefined) return;
  if (monitor.probe === undefined) {
    const { duration, exitCode, output } = probeResult(container.check, container.containerId, container.nextProbe());
    monitor.probe = { start: container.now, end: container.now + duration, exitCode, output };
    monitor.timer = container.wake(monitor.probe.end, AFTER_EXITS);
    container.begun(monitor.probe);
  } else {
    const result = monitor.probe;
    monitor.probe = undefined;
    const before = health.status;
    applyResult(health, result, container);
    monitor.timer = wakeForNext(health, container);
    container.ended(result);
    if (health.status !== before) container.changed(health.status);
  }
}

/** (moby daemon/health.go, handleProbeResult) */
function applyResult(health: HealthState, result: HealthResult, { check, startedAt }: Monitored): void {
  const { startPeriod, retries } = probePlan(check);
  health.log = [...health.log.slice(1 - LOG_ENTRIES), result];
  if (result.exitCode === 0) {
    health.failingStreak = 0;
    health.status = 'healthy';
    return;
  }
  // What counts is when the probe began, however late it ends.
  if (health.status === 'starting' && result.start - startedAt < startPeriod) return;
  health.failingStreak += 1;
  if (health.failingStreak >= retries) health.status = 'unhealthy';
}

function wakeForNext(health: HealthState, container: Monitored): TimerId {
  const wait = pauseBeforeProbe(health.status, probePlan(container.check), container.now - container.startedAt);
  return container.wake(container.now + wait, AFTER_EXITS);
}

function pauseBeforeProbe(status: HealthStatus, plan: ProbePlan, age: Micros): Micros {
  return status === 'starting' && age < plan.startPeriod ? plan.startInterval : plan.interval;
}
