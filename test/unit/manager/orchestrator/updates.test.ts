import { describe, expect, it } from 'vitest';
import { createSwarm, type ServiceDefinition, type ServiceHandle, type Swarm } from '../../../../src/index.ts';

/** Managers, nodes and containers that take no time where nothing is said. */
function swarmWith(workers: number): Swarm {
  const swarm = createSwarm({ managers: 1, workers, latencies: 'none' });
  swarm.node('m1').drain();
  swarm.images.define('crashing', { fails: { after: '1s' } });
  swarm.images.define('missing', { missing: true });
  swarm.runUntilSettled();
  return swarm;
}

function deploy(swarm: Swarm, definition: Partial<ServiceDefinition> = {}): ServiceHandle {
  const service = swarm.services.create({ name: 'web', image: 'web:1', ...definition });
  swarm.runUntilSettled();
  return service;
}

function release(service: ServiceHandle, image: string): void {
  service.update((spec) => {
    spec.image = image;
  });
}

describe('an update', () => {
  it('is completed although nothing of the new version stays up, where failures let it continue', () => {
    const swarm = swarmWith(2);
    const web = deploy(swarm, { replicas: 2, update: { failureAction: 'continue' } });

    release(web, 'crashing');
    swarm.runUntil(() => web.updateStatus?.state === 'completed');
    swarm.run({ for: '2s' });

    expect(web.running).toBe(0);
    expect(web.updateStatus?.state).toBe('completed');
  });

  it('counts a clean exit within the monitor period as a failure', () => {
    const swarm = swarmWith(2);
    swarm.images.define('done', { completes: '2s' });
    const web = deploy(swarm, { replicas: 2 });

    release(web, 'done');
    swarm.run({ for: '30s' });

    expect(web.updateStatus?.state).toBe('paused');
    expect(web.updateStatus?.message).toMatch(/^update paused due to failure or early termination of task /);
  });

  it('counts a failure at the very end of the monitor period, and none after it', () => {
    for (const [after, state] of [
      ['5s', 'paused'],
      ['5.1s', 'updating'],
    ] as const) {
      const swarm = swarmWith(2);
      swarm.images.define('late', { fails: { after } });
      const web = deploy(swarm, { replicas: 2, update: { monitor: '5s', delay: '20s' } });

      release(web, 'late');
      swarm.run({ for: '6s' });

      expect(web.updateStatus?.state).toBe(state);
    }
  });

  it('with the same specification touches no task, but makes the previous specification the present one', () => {
    const swarm = swarmWith(2);
    const web = deploy(swarm, { replicas: 2 });
    release(web, 'web:2');
    swarm.runUntilSettled();
    const tasks = web.tasks();

    web.update(() => undefined);
    swarm.runUntilSettled();

    expect(web.tasks()).toEqual(tasks);
    expect(web.updateStatus).toBeUndefined();
    expect(web.object.previousSpec).toEqual(web.object.spec);
  });

  it('of the constraints replaces only the tasks whose node no longer fits', () => {
    const swarm = swarmWith(3);
    for (const [node, zone] of [
      ['w1', 'a'],
      ['w2', 'a'],
      ['w3', 'b'],
    ] as const)
      swarm.node(node).setLabels({ zone });
    const web = deploy(swarm, { replicas: 3 });
    const fitting = web.tasks().filter(({ nodeId }) => nodeId !== 'w3');

    web.update((spec) => {
      spec.constraints = ['node.labels.zone==a'];
    });
    swarm.runUntilSettled();

    expect(web.tasks()).toEqual(
      expect.arrayContaining(fitting.map(({ id }) => expect.objectContaining({ id, desiredState: 512 }))),
    );
    expect(web.running).toBe(3);
    expect(web.tasks()).toHaveLength(4);
  });

  it('of the replicas per node moves nothing', () => {
    const swarm = swarmWith(1);
    const web = deploy(swarm, { replicas: 3 });
    const tasks = web.tasks();

    web.update((spec) => {
      spec.maxReplicasPerNode = 1;
    });
    swarm.runUntilSettled();

    expect(web.tasks()).toEqual(tasks);
  });

  it('that goes start-first and over failures begins again whenever it has ended, while the old tasks run on', () => {
    const swarm = swarmWith(1);
    const web = deploy(swarm, {
      restart: { condition: 'none' },
      update: { order: 'start-first', failureAction: 'continue' },
    });

    release(web, 'missing');
    swarm.run({ for: '1m' });

    const rejected = web.tasks().filter(({ status }) => status.err?.includes('pull access denied'));
    expect(rejected.length).toBeGreaterThan(3);
    expect(web.updateStatus?.state).toBe('completed');
    expect(web.running).toBe(1);
    expect(() => swarm.runUntilSettled({ within: '5m' })).toThrow(/did not settle/);
  });

  it('of a global service puts a task on a node that was drained since it began, and waits for it', () => {
    const swarm = swarmWith(2);
    swarm.images.define('web:2', { start: '10s' });
    const web = deploy(swarm, { mode: 'global', update: { order: 'start-first' } });

    release(web, 'web:2');
    const [first] = web.tasks().filter((task) => task.spec.container.image === 'web:2');
    const other = first?.nodeId === 'w1' ? 'w2' : 'w1';
    swarm.node(other).drain();
    swarm.run({ for: '1h' });

    expect(web.updateStatus?.state).toBe('updating');
    expect(web.tasks().find((task) => task.nodeId === other && task.desiredState === 512)?.status.err).toBe(
      '1 node not available for new tasks',
    );
  });
});

describe('a rollback', () => {
  it('undoes the scaling that came after the release, and not the release', () => {
    const swarm = swarmWith(2);
    const web = deploy(swarm, { replicas: 2 });
    release(web, 'web:2');
    swarm.runUntilSettled();
    web.scale(4);
    swarm.runUntilSettled();

    web.rollback();
    swarm.runUntilSettled();

    expect(web.replicas).toBe(2);
    expect(web.image).toBe('web:2');
  });

  it('restores the number of replicas together with the image', () => {
    const swarm = swarmWith(2);
    const web = deploy(swarm, { replicas: 2 });
    web.update((spec) => {
      spec.image = 'web:2';
      spec.replicas = 5;
    });
    swarm.runUntilSettled();

    web.rollback();
    swarm.runUntilSettled();

    expect(web.definition).toMatchObject({ image: 'web:1', replicas: 2 });
    expect(web.running).toBe(2);
  });

  it('is refused after an automatic one, until the next update', () => {
    const swarm = swarmWith(2);
    const web = deploy(swarm, { replicas: 2, update: { failureAction: 'rollback' } });
    release(web, 'crashing');
    swarm.runUntil(() => web.updateStatus?.state === 'rollback_completed');

    expect(() => web.rollback()).toThrow('does not have a previous spec');

    release(web, 'web:3');
    swarm.runUntilSettled();
    web.rollback();
    swarm.runUntilSettled();
    expect(web.image).toBe('web:1');
  });

  it('after a rollback by hand returns to the newer version', () => {
    const swarm = swarmWith(2);
    const web = deploy(swarm);
    release(web, 'web:2');
    swarm.runUntilSettled();
    web.rollback();
    swarm.runUntilSettled();

    web.rollback();
    swarm.runUntilSettled();

    expect(web.image).toBe('web:2');
    expect(web.updateStatus?.state).toBe('rollback_completed');
  });

  it('goes by the rollback config of the specification that it goes back to', () => {
    const swarm = swarmWith(1);
    swarm.images.define('web:1', { start: '10s' });
    const web = deploy(swarm, { replicas: 4, rollback: { parallelism: 0 } });
    web.update((spec) => {
      spec.image = 'web:2';
      spec.rollback = { parallelism: 1 };
    });
    swarm.runUntilSettled();

    web.rollback();
    swarm.run({ for: '1s' });

    expect(
      web.tasks().filter((task) => task.spec.container.image === 'web:1' && task.desiredState === 512),
    ).toHaveLength(4);
  });
});
