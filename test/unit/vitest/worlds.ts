/** Swarms in states that matchers tell apart. */
import { createSwarm, type ServiceDefinition, type ServiceHandle, type SwarmOptions } from '../../../src/index.ts';

/** What an expectation says when it fails. */
export function failureOf(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation holds');
}

/** A service whose v2 fails after 3 s, at rest with v1. */
export function service(definition: Partial<ServiceDefinition> = {}, options: SwarmOptions = {}): ServiceHandle {
  const swarm = createSwarm({ managers: 1, workers: 2, ...options });
  swarm.images.define('web:v2', { fails: { after: '3s' } });
  const handle = swarm.services.create({ name: 'web', image: 'web:v1', replicas: 3, ...definition });
  swarm.runUntilSettled();
  running.set(handle, swarm);
  return handle;
}

const running = new WeakMap<ServiceHandle, ReturnType<typeof createSwarm>>();

/** The swarm that a service was made in. */
export function swarmOf(handle: ServiceHandle): ReturnType<typeof createSwarm> {
  return running.get(handle)!;
}

/** Releases an image and waits. */
export function release(handle: ServiceHandle, image: string, wait = '30s'): void {
  handle.update((spec) => {
    spec.image = image;
  });
  swarmOf(handle).run({ for: wait });
}
