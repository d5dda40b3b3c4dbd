/** A container's main process from its start to its end, with its health monitor. */
import { compareText, type Instant } from '../../base/index.ts';
import { type ContainerState, DONE, type EngineContext, type RequestId } from './context.ts';
import { raise } from './events.ts';
import { beginHealth, type HealthState, healthTimer, type Monitored, resumeMonitor, stopMonitor } from './health.ts';
import { bindPorts } from './host-ports.ts';
import { beginLog, endLog } from './log.ts';
import { deleteFiles } from './removal.ts';

/** The exit code that the engine notes for a start that failed. (moby daemon/errors.go, exitUnknown) */
const EXIT_UNKNOWN = 128;

/** A start that was asked for at `since`, from which the start period counts, has come to its end. */
interface BootEnd {
  readonly request: RequestId;
  readonly since: Instant;
}

/** (moby daemon/start.go, containerStart) */
export function startRun(context: EngineContext, container: ContainerState, request: RequestId): void {
  const { timers, workload } = context;
  const { name } = container.config;
  container.runs += 1;
  container.probes = 0;
  container.phase = 'starting';
  container.run = workload.run(container.config, container.runs);
  const at = timers.now + container.run.boot;
  container.phaseTimer = timers.wake(at, { kind: 'engine.boot-end', container: name, request, since: timers.now });
  context.record('container.start-requested', { container: name });
}

/** The process runs, or could not be started. */
export function endBoot(context: EngineContext, container: ContainerState, boot: BootEnd): void {
  const { run } = container;
  if (container.phase !== 'starting' || run === undefined) return;
  container.phaseTimer = undefined;
  const ports = bindPorts(context.state, container.config);
  const error = ports.error ?? run.startError?.text;
  if (error !== undefined) {
    container.phase = container.startedAt === undefined ? 'created' : 'exited';
    container.exitCode = run.startError?.exitCode ?? EXIT_UNKNOWN;
    context.listener.replied(boot.request, { kind: 'failed', error });
    return;
  }
  container.phase = 'running';
  container.startedAt = boot.since;
  container.printed = beginLog(container.printed, run.log, context.timers.now);
  container.boundPorts = ports.bound;
  container.exitCode = 0;
  if (run.ends !== undefined) endRunAt(context, container, run.ends.after, run.ends.exitCode);
  beginHealthOf(context, container);
  raise(context, container, 'start');
  context.listener.replied(boot.request, DONE);
}

/** Of several endings the first one counts: a process that is on its way out is not kept by a second signal. */
export function endRunAt(context: EngineContext, container: ContainerState, after: number, exitCode: number): void {
  const { timers } = context;
  const at = timers.now + after;
  if (container.ending !== undefined) {
    if (container.ending.at <= at) return;
    timers.cancel(container.ending.timer);
  }
  const timer = timers.wake(at, { kind: 'engine.run-end', container: container.config.name });
  container.ending = { timer, at, exitCode };
}

/** The main process is gone. (moby daemon/monitor.go, handleContainerExit) */
export function endRun(context: EngineContext, container: ContainerState, exitCode: number): void {
  const { timers, listener } = context;
  if (container.ending !== undefined) timers.cancel(container.ending.timer);
  if (container.health !== undefined) stopMonitor(container.health, timers);
  const waiters = container.exitWaiters;
  container.phase = 'exited';
  container.isPaused = false;
  container.exitCode = exitCode;
  container.printed = endLog(container.printed, timers.now);
  container.ending = undefined;
  container.boundPorts = [];
  container.exitWaiters = [];
  context.record('container.exited', { container: container.config.name, exitCode });
  for (const waiter of waiters) {
    if (waiter.timer !== undefined) timers.cancel(waiter.timer);
    if (waiter.for === 'remove') deleteFiles(context, container, waiter.request);
    else listener.replied(waiter.request, waiter.for === 'wait' ? { kind: 'exited', exitCode } : DONE);
  }
  raise(context, container, 'die');
}

export function pause(context: EngineContext, container: ContainerState): void {
  if (container.phase !== 'running' || container.isPaused) return;
  container.isPaused = true;
  if (container.health !== undefined) stopMonitor(container.health, context.timers);
  raise(context, container, 'pause');
}

export function unpause(context: EngineContext, container: ContainerState): void {
  if (!container.isPaused) return;
  container.isPaused = false;
  withHealth(context, container, resumeMonitor);
  raise(context, container, 'unpause');
}

/** An out-of-memory event that does not end the container: nothing but the event. */
export function outOfMemory(context: EngineContext, container: ContainerState): void {
  raise(context, container, 'oom');
}

/** The engine takes over running containers after it was restarted around them. */
export function takeOver(context: EngineContext): void {
  const running = [...context.state.containers.values()].filter(
    ({ phase, isPaused }) => phase === 'running' && !isPaused,
  );
  for (const container of running.sort((a, b) => compareText(a.config.name, b.config.name))) {
    beginHealthOf(context, container);
  }
}

export function healthDue(context: EngineContext, container: ContainerState): void {
  withHealth(context, container, healthTimer);
}

function beginHealthOf(context: EngineContext, container: ContainerState): void {
  const monitored = monitoredOf(context, container);
  if (monitored !== undefined) container.health = beginHealth(container.health, monitored);
}

function withHealth(
  context: EngineContext,
  container: ContainerState,
  act: (health: HealthState, monitored: Monitored) => void,
): void {
  const monitored = monitoredOf(context, container);
  if (container.health !== undefined && monitored !== undefined) act(container.health, monitored);
}

/** The monitor's view of a container; undefined where it has no check or has never run. */
function monitoredOf(context: EngineContext, container: ContainerState): Monitored | undefined {
  const { config, startedAt } = container;
  const { timers, workload } = context;
  if (config.healthcheck === undefined || startedAt === undefined) return undefined;
  return {
    containerId: config.id,
    check: config.healthcheck,
    startedAt,
    now: timers.now,
    wake: (at, phase) => timers.wake(at, { kind: 'engine.health', container: config.name }, { phase, periodic: true }),
    cancel: (timer) => timers.cancel(timer),
    nextProbe() {
      container.probes += 1;
      const age = timers.now - startedAt - (container.run?.boot ?? 0);
      return workload.probe(config, { run: container.runs, probe: container.probes, age });
    },
    begun: ({ start }) => context.record('probe.begun', { container: config.name, start }),
    ended(result) {
      const { failingStreak, status } = container.health!;
      context.record('probe.ended', { container: config.name, ...result, failingStreak, status });
    },
    changed: (status) => raise(context, container, `health_status: ${status}`),
  };
}
