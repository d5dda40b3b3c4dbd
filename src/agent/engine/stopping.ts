/** Stop signal, grace, SIGKILL. */
import { type Micros, seconds } from '../../base/index.ts';
import {
  type ContainerState,
  type EngineContext,
  type EngineReply,
  type ExitWaiter,
  noSuchContainer,
  type RequestId,
} from './context.ts';
import { deleteFiles } from './removal.ts';
import { endRunAt, unpause } from './running.ts';
import { normalSignal } from './signal.ts';

/** (moby daemon/config, DefaultStopTimeout; 30 s on Windows) */
const DEFAULT_GRACE_SECONDS = 10;
/** A process that does not even end by SIGKILL: 10 s, then a second SIGKILL and 2 s, then 2 s more. */
const KILL_PATIENCE: Micros = seconds(14);
const KILLED = 137;

/** What a stop finds wrong with a container that is not there or does not run; undefined where there is one to stop. */
export function notStoppable(container: ContainerState | undefined, name: string): EngineReply | undefined {
  if (container === undefined || container.phase === 'creating') return noSuchContainer(name);
  return container.phase === 'running'
    ? undefined
    : { kind: 'failed', reason: 'not-modified', error: 'container is already stopped' };
}

/** (moby daemon/stop.go, containerStop) */
export function stopRun(
  context: EngineContext,
  container: ContainerState,
  request: RequestId,
  graceSeconds: number = DEFAULT_GRACE_SECONDS,
): void {
  const { timers } = context;
  const { name, stopSignal } = container.config;
  signal(context, container, normalSignal(stopSignal) ?? 'SIGTERM');
  if (graceSeconds === 0) {
    kill(context, container, { for: 'stop', request, timer: undefined });
    return;
  }
  const timer = timers.wake(timers.now + seconds(graceSeconds), { kind: 'engine.grace-end', container: name, request });
  container.exitWaiters = [...container.exitWaiters, { for: 'stop', request, timer }];
}

/** The grace is over. */
export function endGrace(context: EngineContext, container: ContainerState, request: RequestId): void {
  const waiter = takeWaiter(container, request);
  if (waiter !== undefined) kill(context, container, waiter);
}

/** SIGKILL, and whoever asked waits (anew) for the end. (moby daemon/kill.go, kill) */
function kill(context: EngineContext, container: ContainerState, waiter: ExitWaiter): void {
  const { timers } = context;
  const { name } = container.config;
  signal(context, container, 'SIGKILL');
  const timer = timers.wake(timers.now + KILL_PATIENCE, {
    kind: 'engine.kill-failed',
    container: name,
    request: waiter.request,
  });
  container.exitWaiters = [...container.exitWaiters, { ...waiter, timer }];
}

export function giveUpKill(context: EngineContext, container: ContainerState, request: RequestId): void {
  const waiter = takeWaiter(container, request);
  if (waiter === undefined) return;
  const reason = 'tried to kill container, but did not receive an exit event';
  const { name } = container.config;
  const error =
    waiter.for === 'remove'
      ? `cannot remove container ${JSON.stringify(name)}: could not kill container: ${reason}`
      : `cannot stop container: ${name}: ${reason}`;
  context.listener.replied(request, { kind: 'failed', error });
}

/** Deletes a container with force: one that runs is killed first. (moby daemon/delete.go, cleanupContainer) */
export function startRemoval(context: EngineContext, container: ContainerState, request: RequestId): void {
  const { name } = container.config;
  if (container.phase === 'removing') {
    const error = `removal of container ${name} is already in progress`;
    context.listener.replied(request, { kind: 'failed', reason: 'conflict', error });
    return;
  }
  context.record('container.remove-requested', { container: name });
  if (container.phase === 'running') kill(context, container, { for: 'remove', request, timer: undefined });
  else deleteFiles(context, container, request);
}

function signal(context: EngineContext, container: ContainerState, name: string): void {
  const { run, config } = container;
  context.record('container.signaled', { container: config.name, signal: name });
  if (run === undefined) return;
  if (name === 'SIGKILL') {
    endRunAt(context, container, run.killDelay, KILLED);
    return;
  }
  // A paused container is resumed, or the signal would not reach it. (moby daemon/kill.go, killWithSignal)
  unpause(context, container);
  if (run.onStopSignal !== 'ignores') endRunAt(context, container, run.onStopSignal.after, run.onStopSignal.exitCode);
}

function takeWaiter(container: ContainerState, request: RequestId): ExitWaiter | undefined {
  const waiter = container.exitWaiters.find((candidate) => candidate.request === request);
  container.exitWaiters = container.exitWaiters.filter((candidate) => candidate !== waiter);
  return waiter;
}
