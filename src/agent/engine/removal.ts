/** Deleting a container that does not run. */
import { type ContainerState, DONE, type EngineContext, type RequestId } from './context.ts';
import { raise } from './events.ts';

export function deleteFiles({ timers, workload }: EngineContext, container: ContainerState, request: RequestId): void {
  container.phase = 'removing';
  const duration = workload.remove(container.config);
  const at = timers.now + duration;
  container.phaseTimer = timers.wake(at, { kind: 'engine.remove-end', container: container.config.name, request });
}

export function endRemoval(context: EngineContext, container: ContainerState, request: RequestId): void {
  const { name } = container.config;
  context.state.containers.delete(name);
  context.record('container.removed', { container: name });
  raise(context, container, 'destroy');
  context.listener.replied(request, DONE);
}
