/** What a machine that dies leaves of its engine. */
import type { Instant } from '../../base/index.ts';
import type { ContainerState, EngineContext } from './context.ts';
import { stopMonitor } from './health.ts';
import { endLog } from './log.ts';

/** The code of a container of whose end nobody knows. (moby daemon/daemon.go, restore) */
const UNKNOWN_END = 255;

/** Images and whole containers are on the disk; what was being pulled, created or removed is not found again. */
export function crashAll({ state, timers }: EngineContext): void {
  for (const { timer } of state.pulls.values()) timers.cancel(timer);
  state.pulls.clear();
  for (const container of [...state.containers.values()]) {
    const { phase, phaseTimer, ending, exitWaiters, health } = container;
    if (phaseTimer !== undefined) timers.cancel(phaseTimer);
    if (ending !== undefined) timers.cancel(ending.timer);
    for (const { timer } of exitWaiters) if (timer !== undefined) timers.cancel(timer);
    if (health !== undefined) stopMonitor(health, timers);
    if (phase === 'creating' || phase === 'removing') state.containers.delete(container.config.name);
    else leave(container, timers.now);
  }
}

function leave(container: ContainerState, now: Instant): void {
  container.printed = endLog(container.printed, now);
  if (container.phase === 'running') container.exitCode = UNKNOWN_END;
  container.phase = container.startedAt === undefined ? 'created' : 'exited';
  container.phaseTimer = undefined;
  container.isPaused = false;
  container.boundPorts = [];
  container.ending = undefined;
  container.exitWaiters = [];
  container.locked = [];
}
