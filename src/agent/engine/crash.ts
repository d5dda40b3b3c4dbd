/** What a machine that dies leaves of its engine. */
import type { ContainerState, EngineContext } from './context.ts';
import { stopMonitor } from './health.ts';

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
    else leave(container);
  }
}

function leave(container: ContainerState): void {
  if (container.phase === 'running') container.exitCode = UNKNOWN_END;
  container.phase = container.startedAt === undefined ? 'created' : 'exited';
  container.phaseTimer = undefined;
  container.isPaused = false;
  container.boundPorts = [];
  container.ending = undefined;
  container.exitWaiters = [];
  container.locked = [];
}
