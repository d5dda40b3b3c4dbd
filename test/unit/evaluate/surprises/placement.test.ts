import { describe, expect, test } from 'vitest';
import { TaskState } from '../../../../src/api/index.ts';
import { batchesOf } from '../../../../src/evaluate/surprises/batches.ts';
import { storyOf } from '../../../../src/evaluate/surprises/story.ts';
import { createSwarm, type Swarm } from '../../../../src/swarm/index.ts';
import { running, SLOW, textOf, update } from '../../../support/surprised-swarm.ts';

/** Four workers that have so many tasks each; managers take none. */
function loaded(...loads: number[]): Swarm {
  const swarm = createSwarm({
    nodes: [{ name: 'm1', role: 'manager', availability: 'drain' }],
    managers: 0,
    workers: loads.length,
  });
  swarm.run({ for: '1s' });
  const nodes = loads.map((_, index) => `w${index + 1}`);
  const most = Math.max(...loads);
  const service = swarm.services.create({ name: 'api', image: 'api:1', replicas: 0 });
  // One task on each node that should have more, round after round, while the others are paused.
  for (let round = 0; round < most; round += 1) {
    for (const [index, node] of nodes.entries()) {
      if (loads[index]! > round) swarm.node(node).activate();
      else swarm.node(node).pause();
    }
    service.scale(loads.reduce((sum, load) => sum + Math.min(load, round + 1), 0));
    swarm.runUntilSettled();
  }
  for (const node of nodes) swarm.node(node).activate();
  expect(tasksOn(swarm, nodes)).toEqual(loads);
  return swarm;
}

function tasksOn(swarm: Swarm, nodes: readonly string[]): number[] {
  return nodes.map(
    (node) =>
      swarm
        .node(node)
        .tasks()
        .filter(({ serviceName }) => serviceName === 'api').length,
  );
}

describe('uneven-batch', () => {
  test('a big batch fills the emptiest nodes past others that it has left', () => {
    const swarm = loaded(0, 1, 3, 8);
    swarm.service('api').scale(21);
    swarm.runUntilSettled();

    expect(tasksOn(swarm, ['w1', 'w2', 'w3', 'w4'])).toEqual([2, 4, 7, 8]);
    expect(textOf(swarm, 'uneven-batch')).toBe(
      '9 tasks of api that were placed together left its nodes uneven, with 2, 4, 7 of its tasks each',
    );
  });

  test('on empty nodes a batch of any size is even', () => {
    const swarm = loaded(0, 0, 0, 0);
    swarm.service('api').scale(21);
    swarm.runUntilSettled();

    expect(textOf(swarm, 'uneven-batch')).toBeUndefined();
  });

  test('a node that is full has no part in it', () => {
    const nodes = [1, 8, 8].map((cpus, index) => ({ name: `w${index + 1}`, cpus }));
    const swarm = createSwarm({
      nodes: [{ name: 'm1', role: 'manager', availability: 'drain' }, ...nodes],
      managers: 0,
    });
    swarm.services.create({ name: 'api', image: 'api:1', replicas: 11, reservations: { cpus: 1 } });
    swarm.runUntilSettled();

    expect(tasksOn(swarm, ['w1', 'w2', 'w3'])[0]).toBe(1);
    expect(textOf(swarm, 'uneven-batch')).toBeUndefined();
  });
});

describe('piles-up-beside-faulty', () => {
  /** One task on each of four nodes, which fails again and again on the last of them; then nine more have to go there. */
  function withFailures(failures: number): Swarm {
    const swarm = loaded(1, 1, 1, 1, 9);
    const others = ['w1', 'w2', 'w3', 'w5'].map((name) => swarm.node(name));
    for (const node of others) node.pause();
    for (let times = 0; times < failures; times += 1) {
      swarm.exit(
        swarm
          .node('w4')
          .tasks()
          .find(({ status }) => status.state === TaskState.RUNNING)!,
        1,
      );
      swarm.runUntilSettled();
    }
    for (const node of others) node.activate();
    swarm.node('w5').drain();
    swarm.runUntilSettled();
    return swarm;
  }

  test('what is placed with a faulty node about is heaped on one of the others', () => {
    const swarm = withFailures(6);

    expect(textOf(swarm, 'piles-up-beside-faulty')).toMatch(
      /^w[123] got 8 tasks of api and the other healthy nodes no more than 2, because w4 counts as faulty$/,
    );
    expect(textOf(swarm, 'uneven-batch')).toBeUndefined();
  });

  test('a node that is the only healthy one has to take everything', () => {
    const swarm = loaded(1, 1, 5);
    for (const name of ['w1', 'w3']) swarm.node(name).pause();
    for (let times = 0; times < 6; times += 1) {
      swarm.exit(
        swarm
          .node('w2')
          .tasks()
          .find(({ status }) => status.state === TaskState.RUNNING)!,
        1,
      );
      swarm.runUntilSettled();
    }
    swarm.node('w1').activate();
    swarm.node('w3').drain();
    swarm.runUntilSettled();

    expect(textOf(swarm, 'piles-up-beside-faulty')).toBeUndefined();
  });

  test('with fewer failures no node is faulty, and all take their share', () => {
    // The first to fail is of an older version than those that follow it.
    expect(textOf(withFailures(5), 'piles-up-beside-faulty')).toBeUndefined();
  });
});

describe('evicted-node-faulty and evicted-runs-on', () => {
  function evicted(replicas: number, stop: string): Swarm {
    const swarm = createSwarm({ managers: 1, workers: 2 });
    swarm.images.define('api:1', { stop });
    swarm.run({ for: '1s' });
    swarm.node('m1').setLabels({ disk: 'slow' });
    swarm.node('w2').pause();
    swarm.services.create({
      name: 'api',
      image: 'api:1',
      replicas,
      stopGracePeriod: '1m',
      constraints: ['node.labels.disk!=slow'],
    });
    swarm.runUntilSettled();
    swarm.node('w2').activate();
    swarm.node('w1').setLabels({ disk: 'slow' });
    swarm.runUntilSettled();
    return swarm;
  }

  test('a node that has lost five tasks of a service to a label is its last choice', () => {
    const swarm = evicted(5, '0s');

    expect(textOf(swarm, 'evicted-node-faulty')).toBe(
      'w1 is the last choice for api for five minutes: 5 of its tasks were put off it',
    );
    expect(textOf(evicted(4, '0s'), 'evicted-node-faulty')).toBeUndefined();
  });

  test('of four on each of two nodes neither is', () => {
    const swarm = createSwarm({ managers: 1, workers: 2 });
    swarm.run({ for: '1s' });
    swarm.node('m1').setLabels({ disk: 'slow' });
    swarm.services.create({ name: 'api', image: 'api:1', replicas: 8, constraints: ['node.labels.disk!=slow'] });
    swarm.runUntilSettled();
    for (const node of ['w1', 'w2']) swarm.node(node).setLabels({ disk: 'slow' });
    swarm.run({ for: '1m' });

    expect(textOf(swarm, 'evicted-node-faulty')).toBeUndefined();
  });

  test('where their containers take long to stop, they run beside those that replace them', () => {
    expect(textOf(evicted(1, '30s'), 'evicted-runs-on')).toBe(
      'a task of api ran in slot 1 beside the one that had been put off w1, which was still stopping',
    );
    expect(textOf(evicted(1, '0s'), 'evicted-runs-on')).toBeUndefined();
  });
});

describe('node-left-out', () => {
  test('an update of a global service is complete without a node that is paused', () => {
    const swarm = running({ mode: 'global' });
    swarm.node('w1').pause();
    update(swarm);
    swarm.runUntilSettled();

    expect(textOf(swarm, 'node-left-out')).toBe('the update of api is completed, and w1 still has api:1');
  });

  test('as long as an update goes on, nodes have the old image', () => {
    const swarm = running({ mode: 'global' });
    update(swarm);
    swarm.run({ for: '1s' });

    expect(textOf(swarm, 'node-left-out')).toBeUndefined();
  });

  test('one that is active is not left out, and one that is drained has nothing any more', () => {
    const swarm = running({ mode: 'global' });
    swarm.node('w1').drain();
    swarm.runUntilSettled();
    update(swarm);
    swarm.runUntilSettled();

    expect(textOf(swarm, 'node-left-out')).toBeUndefined();
  });
});

describe('failed-while-running', () => {
  /** The containers of the service turn unhealthy after a while, and take half a minute to stop. */
  function unhealthy(): Swarm {
    const healthcheck = { test: 'check', interval: '2s', retries: 1 };
    const swarm = running({ replicas: 1, healthcheck, stopGracePeriod: '1m' });
    swarm.images.define('api:2', { ...SLOW, unhealthy: { after: '20s' }, stop: '30s' });
    update(swarm);
    swarm.runUntil(({ trace }) =>
      trace.records.some(
        (record) => record.kind === 'container.event-raised' && record.action === 'health_status: unhealthy',
      ),
    );
    return swarm;
  }

  test('a task that is told to stop while its unhealthy container stops has failed at once', () => {
    const swarm = unhealthy();
    swarm.run({ for: '5s' });
    swarm.service('api').scale(0);
    swarm.run({ for: '1m' });
    update(swarm, 'api:1');
    swarm.run({ for: '1m' });

    expect(textOf(swarm, 'failed-while-running')).toMatch(
      /^a task of api on (m1|w[123]) counts as failed with exit code -1, and its container was still being stopped$/,
    );
  });

  test('left alone it fails when its container has ended', () => {
    const swarm = unhealthy();
    swarm.run({ for: '1m' });

    expect(textOf(swarm, 'failed-while-running')).toBeUndefined();
  });
});

describe('lost-the-draw', () => {
  /** One worker with room for three tasks, for which two services ask, the second a little later. */
  function contested(pause: string): Swarm {
    const nodes = [
      { name: 'm1', role: 'manager' as const, availability: 'drain' as const },
      { name: 'w1', cpus: 3 },
    ];
    const swarm = createSwarm({ nodes, managers: 0 });
    swarm.run({ for: '1s' });
    for (const name of ['api', 'web']) {
      swarm.services.create({ name, image: `${name}:1`, replicas: 2, reservations: { cpus: 1 } });
      swarm.run({ for: pause });
    }
    swarm.run({ for: '10s' });
    return swarm;
  }

  test('of two services that come together chance decides which one finds room', () => {
    const texts = ['api', 'web'].map(
      (name) =>
        `${name} found no room in the instant in which ${name === 'api' ? 'web' : 'api'} took some: with other luck it would have been the other way round`,
    );

    expect(texts).toContain(textOf(contested('10ms'), 'lost-the-draw'));
  });

  test('of two that come one after the other the second is late', () => {
    expect(textOf(contested('1s'), 'lost-the-draw')).toBeUndefined();
  });
});

test('services that are placed at once are batches of their own', () => {
  const swarm = createSwarm({ managers: 1, workers: 3 });
  const services = [3, 5].map((replicas) => swarm.services.create({ name: `s${replicas}`, image: 'i:1', replicas }));
  swarm.runUntilSettled();
  const story = storyOf(swarm.trace.records);

  expect(services.map(({ id }) => batchesOf(story, id).map(({ placements }) => placements.length))).toEqual([[3], [5]]);
});
