import { describe, expect, it } from 'vitest';
import {
  createSwarm,
  type ServiceDefinition,
  type ServiceHandle,
  type Swarm,
  TaskState,
} from '../../../../src/index.ts';

function deployed(
  replicas: number,
  options: Pick<ServiceDefinition, 'update'> & { readonly seed?: number } = {},
): { readonly swarm: Swarm; readonly web: ServiceHandle } {
  const { seed = 1, update = {} } = options;
  const swarm = createSwarm({ managers: 1, workers: 2, seed });
  swarm.node('m1').drain();
  swarm.images.define('slow', { pull: '1h' });
  const web = swarm.services.create({ name: 'web', image: 'web:1', replicas, update });
  swarm.runUntilSettled();
  return { swarm, web };
}

function runningSlots(web: ServiceHandle): readonly number[] {
  const running = web
    .tasks()
    .filter(({ status, desiredState }) => status.state === TaskState.RUNNING && desiredState === TaskState.RUNNING);
  return running.map(({ slot }) => slot).sort();
}

describe('a service that is scaled down', () => {
  it('gives up the highest slots first where nodes are level', () => {
    const { swarm, web } = deployed(4);
    web.scale(2);
    swarm.runUntilSettled();

    expect(runningSlots(web)).toEqual([1, 2]);
  });

  it.each([1, 2, 3, 4, 5])(
    'gives up first the slot that an update is at, start-first: it has two tasks (seed %i)',
    (seed) => {
      const { swarm, web } = deployed(4, { seed, update: { order: 'start-first' } });
      web.update((spec) => {
        spec.image = 'slow';
      });
      swarm.run({ for: '10s' });
      const underUpdate = web.tasks().find(({ spec }) => spec.container.image === 'slow')!.slot;

      web.scale(3);
      swarm.run({ for: '5s' });

      expect(runningSlots(web)).toEqual([1, 2, 3, 4].filter((slot) => slot !== underUpdate));
    },
  );

  it('forgets the history of the slots that it had given up before', () => {
    const { swarm, web } = deployed(3);
    web.forceUpdate();
    swarm.runUntilSettled();
    web.scale(2);
    swarm.runUntilSettled();
    expect(
      web
        .tasks()
        .filter(({ slot }) => slot === 3)
        .map(({ desiredState }) => desiredState),
    ).toEqual([TaskState.SHUTDOWN]);

    web.scale(1);
    swarm.runUntilSettled();

    expect(web.tasks().filter(({ slot }) => slot === 3)).toEqual([]);
  });
});
