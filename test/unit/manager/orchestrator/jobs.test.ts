import { describe, expect, it } from 'vitest';
import {
  createSwarm,
  type ServiceDefinition,
  type ServiceHandle,
  type Swarm,
  TaskState,
} from '../../../../src/index.ts';

function swarmWith(workers: number): Swarm {
  const swarm = createSwarm({ managers: 1, workers });
  swarm.node('m1').drain();
  swarm.images.define('job', { completes: '30s' });
  swarm.images.define('broken', { fails: { after: '2s' } });
  swarm.runUntilSettled();
  return swarm;
}

function start(swarm: Swarm, definition: Partial<ServiceDefinition>): ServiceHandle {
  return swarm.services.create({ name: 'job', image: 'job', mode: 'replicated-job', ...definition });
}

function count(service: ServiceHandle, state: TaskState): number {
  return service.tasks().filter(({ status }) => status.state === state).length;
}

describe('a job', () => {
  it('runs to its end on a drained node', () => {
    const swarm = swarmWith(1);
    const job = start(swarm, {});
    swarm.runUntil(() => job.running === 1);

    swarm.node('w1').drain();
    swarm.runUntilSettled();

    expect(job.tasks().map(({ nodeId, status }) => [nodeId, status.state])).toEqual([['w1', TaskState.COMPLETE]]);
  });

  it('on every node does not come to a node that joins, before it is updated', () => {
    const swarm = swarmWith(1);
    const job = start(swarm, { mode: 'global-job' });
    swarm.runUntilSettled();

    swarm.join({ name: 'w2' });
    swarm.run({ for: '10m' });
    expect(job.tasks().map(({ nodeId }) => nodeId)).toEqual(['w1']);

    job.forceUpdate();
    swarm.runUntilSettled();
    expect(
      job
        .tasks()
        .map(({ nodeId }) => nodeId)
        .sort(),
    ).toEqual(['w1', 'w2']);
  });

  it('stays unfinished, and at rest, where its last task may not be restarted', () => {
    const swarm = swarmWith(1);
    const job = start(swarm, { image: 'broken', restart: { condition: 'none' } });

    swarm.runUntilSettled();

    expect(job.tasks().map(({ status }) => status.state)).toEqual([TaskState.FAILED]);
  });

  it('never ends where tasks that may not be restarted fail one after the other: each makes room for one more', () => {
    const swarm = swarmWith(1);
    const job = start(swarm, { image: 'broken', replicas: 2, restart: { condition: 'none' } });

    swarm.run({ for: '1m' });

    expect(count(job, TaskState.FAILED)).toBeGreaterThan(10);
    expect(count(job, TaskState.COMPLETE)).toBe(0);
  });

  it('on every node is restarted for ever, whatever its attempts', () => {
    const swarm = swarmWith(1);
    const job = start(swarm, { image: 'broken', mode: 'global-job', restart: { maxAttempts: 1, delay: '1s' } });

    swarm.run({ for: '1m' });

    expect(job.tasks().length).toBeGreaterThan(5);
  });

  it('keeps what has ended of earlier iterations, where one on every node does not', () => {
    const swarm = swarmWith(2);
    const replicated = start(swarm, { name: 'replicated', replicas: 2 });
    const global = start(swarm, { name: 'global', mode: 'global-job' });
    swarm.runUntilSettled();

    replicated.forceUpdate();
    global.forceUpdate();
    swarm.runUntilSettled();

    expect(count(replicated, TaskState.COMPLETE)).toBe(4);
    expect(count(global, TaskState.COMPLETE)).toBe(2);
  });

  it('of which a node dies waits for that node', () => {
    const swarm = swarmWith(2);
    const job = start(swarm, {});
    swarm.runUntil(() => job.running === 1);

    swarm.node(job.tasks()[0]!.nodeId).disconnect();
    swarm.run({ for: '12h' });

    expect(job.tasks()).toHaveLength(1);
    expect(job.running).toBe(1);
  });
});
