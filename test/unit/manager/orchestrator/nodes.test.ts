import { describe, expect, it } from 'vitest';
import {
  createSwarm,
  type ServiceDefinition,
  type ServiceHandle,
  type Swarm,
  TaskState,
} from '../../../../src/index.ts';

function swarmWith(workers: number): Swarm {
  const swarm = createSwarm({ managers: 1, workers, node: { cpus: 4 } });
  swarm.node('m1').drain();
  swarm.runUntilSettled();
  return swarm;
}

function deploy(swarm: Swarm, definition: Partial<ServiceDefinition> = {}): ServiceHandle {
  const service = swarm.services.create({ name: 'web', image: 'web:1', ...definition });
  swarm.runUntilSettled();
  return service;
}

/** How many tasks run on each node. */
function spread(service: ServiceHandle): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { nodeId, status } of service.tasks())
    if (status.state === TaskState.RUNNING) counts[nodeId] = (counts[nodeId] ?? 0) + 1;
  return counts;
}

describe('a drained node', () => {
  it('gives its tasks to the others without a restart delay, and gets none back when it is active again', () => {
    const swarm = swarmWith(2);
    const web = deploy(swarm, { replicas: 4 });

    swarm.node('w1').drain();
    swarm.run({ for: '3s' });
    expect(spread(web)).toEqual({ w2: 4 });

    swarm.node('w1').activate();
    swarm.run({ for: '10m' });
    expect(spread(web)).toEqual({ w2: 4 });
  });

  it('gets its share back by a forced update', () => {
    const swarm = swarmWith(2);
    const web = deploy(swarm, { replicas: 4 });
    swarm.node('w1').drain();
    swarm.runUntilSettled();
    swarm.node('w1').activate();

    web.forceUpdate();
    swarm.runUntilSettled();

    expect(spread(web)).toEqual({ w1: 2, w2: 2 });
  });

  it('takes replicas with it for good where nothing is ever restarted', () => {
    const swarm = swarmWith(2);
    const web = deploy(swarm, { replicas: 4, restart: { condition: 'none' } });

    swarm.node('w1').drain();
    swarm.runUntilSettled();
    swarm.node('w1').activate();
    swarm.runUntilSettled();

    expect(spread(web)).toEqual({ w2: 2 });
  });

  it('takes replicas with it where the attempts are spent', () => {
    const swarm = swarmWith(2);
    swarm.images.define('unlucky', { fails: { after: '5s', attempts: 1 } });
    const web = deploy(swarm, { image: 'unlucky', replicas: 2, restart: { maxAttempts: 1, delay: 0 } });
    swarm.run({ for: '1m' });
    expect(web.running).toBe(2);

    swarm.node('w1').drain();
    swarm.runUntilSettled();

    expect(web.running).toBeLessThan(2);
  });

  it('loses the tasks of global services, which come back with its activation', () => {
    const swarm = swarmWith(2);
    const agent = deploy(swarm, { mode: 'global' });

    swarm.node('w1').drain();
    swarm.runUntilSettled();
    expect(spread(agent)).toEqual({ w2: 1 });

    swarm.node('w1').activate();
    swarm.runUntilSettled();
    expect(spread(agent)).toEqual({ w1: 1, w2: 1 });
  });
});

describe('a node that goes down', () => {
  it('is replaced after the restart delay, while its tasks still count as running', () => {
    const swarm = swarmWith(2);
    const web = deploy(swarm, { replicas: 4 });
    swarm.node('w1').crash();
    swarm.runUntil(() => swarm.node('w1').state === 'down');
    const downAt = swarm.now;

    swarm.runUntil(() => web.running > 4);
    expect((swarm.now - downAt) / 1e6).toBeGreaterThan(5);

    swarm.runUntilSettled();
    expect(web.running).toBe(6);
    swarm.node('w1').boot();
    swarm.runUntilSettled();
    expect(spread(web)).toEqual({ w2: 4 });
  });
});

describe('a paused node', () => {
  it('keeps its tasks, and those that fail there move', () => {
    const swarm = swarmWith(2);
    const web = deploy(swarm, { replicas: 2 });
    swarm.node('w1').pause();
    swarm.runUntilSettled();
    expect(spread(web)).toEqual({ w1: 1, w2: 1 });

    swarm.exit(web.tasks().find(({ nodeId }) => nodeId === 'w1')!);
    swarm.run({ for: '1m' });

    expect(spread(web)).toEqual({ w2: 2 });
  });

  it('is left out by an update of a global service, and brought up to date at once when it is active', () => {
    const swarm = swarmWith(3);
    const agent = deploy(swarm, { mode: 'global', update: { delay: '1m' } });
    swarm.node('w1').pause();
    agent.update((spec) => {
      spec.image = 'web:2';
    });
    swarm.runUntilSettled();
    const imageOn = (node: string) =>
      agent.tasks().find(({ nodeId, status }) => nodeId === node && status.state === TaskState.RUNNING)?.spec.container
        .image;
    expect(['w1', 'w2', 'w3'].map(imageOn)).toEqual(['web:1', 'web:2', 'web:2']);

    swarm.node('w1').activate();
    swarm.run({ for: '5s' });

    expect(imageOn('w1')).toBe('web:2');
    expect(agent.updateStatus?.state).toBe('completed');
  });

  it('loses the task of a global service that fails there until it is active again', () => {
    const swarm = swarmWith(1);
    const agent = deploy(swarm, { mode: 'global' });
    swarm.node('w1').pause();
    swarm.exit(agent.tasks()[0]!);
    swarm.run({ for: '10m' });
    expect(agent.running).toBe(0);

    swarm.node('w1').activate();
    swarm.runUntilSettled();
    expect(agent.running).toBe(1);
  });
});

describe('a task that waits for a node', () => {
  it('is tried no more once its service was scaled, whatever room there is: only the new ones get some', () => {
    const swarm = swarmWith(1);
    const web = deploy(swarm, { replicas: 4, reservations: { cpus: 1 } });
    web.scale(5);
    swarm.run({ for: '10s' });
    web.scale(6);
    swarm.run({ for: '10s' });

    swarm.join({ name: 'w2' });
    swarm.run({ for: '10m' });

    expect(spread(web)).toEqual({ w1: 4, w2: 1 });
    expect(web.tasks().find(({ slot }) => slot === 5)?.status.state).toBe(TaskState.PENDING);
  });

  it('does not even say why, where the same specification comes before it was tried', () => {
    const swarm = swarmWith(1);
    const web = swarm.services.create({ name: 'web', image: 'web:1', maxReplicasPerNode: 1, replicas: 2 });
    web.update(() => undefined);
    swarm.run({ for: '10m' });

    const waiting = web.tasks().filter(({ status }) => status.state === TaskState.PENDING);
    expect(waiting).toHaveLength(1);
    expect(waiting[0]?.status.err).toBeUndefined();
  });
});
