import type { ContainerState, EngineContext } from './context.ts';
import type { ContainerAction } from './records.ts';

/** Raises an event of the engine: for the trace, and for whoever listens to the container. */
export function raise(context: EngineContext, container: ContainerState, action: ContainerAction): void {
  context.record('container.event-raised', { container: container.config.name, action });
  context.listener.event(container.config.name, action);
}
