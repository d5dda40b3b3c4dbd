import { describe, expect, it } from 'vitest';
import {
  createSwarm,
  type ServiceDefinition,
  type ServiceHandle,
  type Swarm,
  TaskState,
} from '../../../../src/index.ts';

function swarmWith(taskHistoryLimit = 5): Swarm {
  const swarm = createSwarm({ managers: 1, latencies: 'none', taskHistoryLimit });
  swarm.images.define('crashing', { fails: { after: '2s' } });
  swarm.images.define('missing', { missing: true });
  swarm.images.define('unlucky', { fails: { after: '2s', nth: 1 } });
  swarm.runUntilSettled();
  return swarm;
}

function deploy(swarm: Swarm, definition: Partial<ServiceDefinition>): ServiceHandle {
  return swarm.services.create({ name: 'web', image: 'web', ...definition });
}

function isRunning({ state }: { readonly state: TaskState }): boolean {
  return state === TaskState.RUNNING;
}

describe('a replacement', () => {
  it('is prepared while the delay is waited for, and starts when it is over', () => {
    const swarm = swarmWith();
    swarm.images.define('unlucky', { pull: { takes: '4s', again: '4s' }, fails: { after: '2s', nth: 1 } });
    const web = deploy(swarm, { image: 'unlucky' });
    swarm.runUntil(() => web.tasks().length === 2);
    const failedAt = swarm.now;

    swarm.runUntil(() => web.running === 1);

    expect((swarm.now - failedAt) / 1e6).toBeCloseTo(5, 1);
  });

  it('waits for the delay of the task that has failed, and is of the present version', () => {
    const swarm = swarmWith();
    swarm.images.define('web:2', { fails: { after: '2s', nth: 1 } });
    const web = deploy(swarm, { image: 'web:1', replicas: 2, restart: { delay: '20s' }, update: { delay: '10s' } });
    swarm.runUntilSettled();
    web.update((spec) => {
      spec.image = 'web:2';
      spec.restart = { delay: '1s' };
    });
    swarm.runUntil(() => web.updateStatus?.state === 'paused' && web.running === 2);

    swarm.exit(web.tasks().find(({ spec, status }) => spec.container.image === 'web:1' && isRunning(status))!);
    swarm.runUntil(() => web.running === 1);
    const failedAt = swarm.now;
    swarm.runUntil(() => web.running === 2);

    expect((swarm.now - failedAt) / 1e6).toBeCloseTo(20, 1);
    const running = web.tasks().filter(({ status }) => isRunning(status));
    expect(running.map(({ spec }) => spec.container.image)).toEqual(['web:2', 'web:2']);
  });

  it('starts after a minute although the old task is still there', () => {
    const swarm = swarmWith();
    swarm.images.define('web:1', { ignoresStopSignal: true });
    const web = deploy(swarm, { image: 'web:1', stopGracePeriod: '5m' });
    swarm.runUntilSettled();
    const updatedAt = swarm.now;
    web.update((spec) => {
      spec.image = 'web:2';
    });

    swarm.runUntil(() => web.running === 2);

    expect((swarm.now - updatedAt) / 1e6).toBeCloseTo(60, 0);
  });
});

describe('a task whose node is drained before its own delayed start', () => {
  it('is replaced when that start is over, although the node is active again', () => {
    const swarm = swarmWith();
    const web = deploy(swarm, { image: 'unlucky' });
    swarm.runUntil(() => web.tasks().length === 2);
    const held = web.tasks().find(({ desiredState }) => desiredState === TaskState.READY)!;
    swarm.run({ for: '1s' });

    swarm.node('m1').drain();
    swarm.run({ for: '1s' });
    swarm.node('m1').activate();
    swarm.runUntilSettled();

    expect(web.tasks().find(({ id }) => id === held.id)?.status.state).toBe(TaskState.SHUTDOWN);
    expect(web.tasks()).toHaveLength(3);
    expect(web.running).toBe(1);
  });
});

describe('a slot that has ended for good', () => {
  it('counts as present when the service is scaled', () => {
    const swarm = swarmWith();
    const web = deploy(swarm, { image: 'unlucky', replicas: 3, restart: { condition: 'none' } });
    swarm.run({ for: '10s' });
    expect(web.running).toBe(2);

    web.scale(5);
    swarm.run({ for: '10s' });

    expect(web.running).toBe(4);
  });
});

describe('the attempts of a restart policy', () => {
  it('set how many ended tasks are kept, above the limit of the history or below it', () => {
    const kept = (taskHistoryLimit: number) => {
      const swarm = swarmWith(taskHistoryLimit);
      const web = deploy(swarm, { image: 'crashing', restart: { maxAttempts: 3, delay: 0 } });
      swarm.runUntilSettled();
      return web.tasks().length;
    };

    expect([kept(1), kept(9)]).toEqual([4, 4]);
  });
});

describe('a history of no tasks', () => {
  it('still keeps one that has ended, until the next one is made in its slot', () => {
    const swarm = swarmWith(0);
    const web = deploy(swarm, { image: 'unlucky', restart: { condition: 'none' } });

    swarm.runUntilSettled();

    expect(web.tasks().map(({ status }) => status.state)).toEqual([TaskState.FAILED]);
  });

  it('loses a global service its task, if that is rejected before the restart delay is over', () => {
    const swarm = swarmWith(0);
    const agent = deploy(swarm, { mode: 'global' });
    swarm.runUntilSettled();
    agent.update((spec) => {
      spec.image = 'missing';
    });
    swarm.runUntilSettled();

    expect(agent.updateStatus?.state).toBe('paused');
    expect(agent.tasks()).toEqual([]);
  });

  it('takes the delay away where a replicated service has an image that is missing', () => {
    const swarm = swarmWith(0);
    deploy(swarm, { image: 'missing', restart: { delay: '1m' } });

    swarm.run({ for: '20s' });

    const created = swarm.trace.records.filter(({ kind }) => kind === 'task.created');
    expect(created.length).toBeGreaterThan(20);
  });
});
