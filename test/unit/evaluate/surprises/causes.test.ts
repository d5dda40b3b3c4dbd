import { describe, expect, test } from 'vitest';
import { causesOf } from '../../../../src/evaluate/index.ts';
import { createSwarm, type Swarm } from '../../../../src/swarm/index.ts';
import { running, SLOW, START_FIRST, update } from '../../../support/surprised-swarm.ts';

/** Each is the smallest run that shows its surprise. */
const RUNS: Readonly<Record<string, () => Swarm>> = {
  'old-tasks-stopped': () => {
    const swarm = running({ update: START_FIRST });
    update(swarm);
    swarm.run({ for: '1s' });
    swarm.service('api').scale(5);
    swarm.run({ for: '1m' });
    return swarm;
  },
  'watch-off': () => {
    const swarm = running();
    update(swarm);
    swarm.run({ for: '1s' });
    swarm.service('api').update(swarm.service('api').object.spec);
    swarm.run({ for: '5m' });
    return swarm;
  },
  'leader-forgot': () => {
    const swarm = running({ update: { ...START_FIRST, monitor: '2m', failureAction: 'rollback' } }, 3);
    swarm.images.define('api:2', { ...SLOW, fails: { after: '1m' } });
    update(swarm);
    swarm.run({ for: '20s' });
    swarm.leader!.crash();
    swarm.run({ for: '3m' });
    return swarm;
  },
  'waits-for-lost-task': () => {
    const swarm = running();
    update(swarm);
    swarm.run({ for: '1s' });
    const starting = swarm
      .service('api')
      .tasks()
      .find(({ spec }) => spec.container.image === 'api:2')!;
    const node = swarm.node(starting.nodeId);
    if (node.object.role === 'manager') throw new Error('the manager must not die here');
    node.crash();
    swarm.run({ for: '5m' });
    return swarm;
  },
  'waits-for-room': () => {
    const swarm = running({ maxReplicasPerNode: 1, update: { order: 'start-first' } });
    update(swarm);
    swarm.run({ for: '5m' });
    return swarm;
  },
  'no-failure-counted': () => {
    const swarm = running();
    swarm.images.define('api:2', { ...SLOW, completes: '3s' });
    update(swarm);
    swarm.run({ for: '2m' });
    return swarm;
  },
  'rollback-of-scaling': () => {
    const swarm = running();
    update(swarm);
    swarm.runUntilSettled();
    swarm.service('api').scale(5);
    swarm.runUntilSettled();
    swarm.service('api').rollback();
    swarm.runUntilSettled();
    return swarm;
  },
  'completed-but-failing': () => {
    const swarm = running();
    swarm.images.define('api:2', { ...SLOW, fails: { after: '1m' } });
    update(swarm);
    swarm.run({ for: '5m' });
    return swarm;
  },
  'status-overwritten': () => {
    const swarm = running({
      update: { monitor: '20s', failureAction: 'rollback' },
      rollback: { failureAction: 'rollback', monitor: '20s' },
    });
    swarm.images.define('api:1', { fails: { after: '2s' } });
    swarm.images.define('api:2', { ...SLOW, fails: { after: '2s' } });
    update(swarm);
    swarm.run({ for: '5m' });
    return swarm;
  },
  'pause-goes-on': () => {
    const swarm = running();
    swarm.images.define('api:2', { ...SLOW, fails: { after: '1s' } });
    update(swarm);
    swarm.run({ for: '2m' });
    return swarm;
  },
  'slot-given-up': () => {
    const swarm = running({ restart: { condition: 'none' } });
    swarm.node('w1').drain();
    swarm.run({ for: '1m' });
    return swarm;
  },
  'unwatched-first-deploy': () => {
    const swarm = createSwarm({ managers: 1 });
    swarm.images.define('api:1', { fails: { after: '1s' } });
    swarm.services.create({ name: 'api', image: 'api:1', update: { failureAction: 'rollback' } });
    swarm.run({ for: '1m' });
    return swarm;
  },
  'two-in-a-slot': () => {
    const swarm = running({
      replicas: 6,
      update: { order: 'start-first', parallelism: 3, monitor: '60s', failureAction: 'rollback' },
      rollback: { order: 'start-first', parallelism: 6, monitor: '1s', failureAction: 'continue' },
    });
    swarm.images.define('api:2', { ...SLOW, fails: { after: '20s' } });
    update(swarm);
    swarm.run({ for: '5m' });
    return swarm;
  },
  'tasks-pile-up': () => {
    const swarm = running({ update: START_FIRST });
    for (const version of [2, 3, 4]) {
      swarm.images.define(`api:${version}`, { start: `${10 - version}s` });
      update(swarm, `api:${version}`);
      swarm.run({ for: '2s' });
    }
    swarm.run({ for: '2m' });
    return swarm;
  },
  'beside-old-task': () => {
    const swarm = running({ stopGracePeriod: '10m' });
    swarm.images.define('api:1', { stop: '5m' });
    swarm.service('api').update((spec) => {
      spec.forceUpdate = 1;
    });
    swarm.runUntilSettled();
    update(swarm);
    swarm.run({ for: '10m' });
    return swarm;
  },
  'stranded-tasks': () => {
    const swarm = createSwarm({ managers: 1, workers: 1 });
    swarm.services.create({ name: 'api', image: 'api:1', replicas: 4, maxReplicasPerNode: 1 });
    swarm.run({ for: '10s' });
    swarm.service('api').scale(5);
    swarm.run({ for: '10s' });
    for (const name of ['w2', 'w3', 'w4']) swarm.join({ name });
    swarm.run({ for: '5m' });
    return swarm;
  },
  'rollback-of-nothing': () => {
    const swarm = running();
    update(swarm);
    swarm.runUntilSettled();
    swarm.service('api').update(swarm.service('api').object.spec);
    swarm.service('api').rollback();
    swarm.runUntilSettled();
    return swarm;
  },
  'ran-twice': () => {
    const swarm = running();
    swarm.node('w1').disconnect();
    swarm.run({ for: '1m' });
    swarm.node('w1').reconnect();
    swarm.run({ for: '1m' });
    return swarm;
  },
  'updated-on-activation': () => {
    const swarm = running({ mode: 'global' });
    swarm.node('w1').pause();
    update(swarm);
    swarm.runUntilSettled();
    swarm.node('w1').activate();
    swarm.runUntilSettled();
    return swarm;
  },
  'job-waits-for-lost-node': () => {
    const swarm = createSwarm({ managers: 1, workers: 3 });
    swarm.images.define('job:1', { completes: '1m' });
    const constraints = ['node.role==worker'];
    const job = swarm.services.create({
      name: 'job',
      image: 'job:1',
      mode: 'replicated-job',
      replicas: 3,
      constraints,
    });
    swarm.run({ for: '10s' });
    swarm.node(job.tasks()[0]!.nodeId).crash();
    swarm.run({ for: '10m' });
    return swarm;
  },
  'job-left-unfinished': () => {
    const swarm = createSwarm({ managers: 1, workers: 3 });
    swarm.images.define('job:1', { completes: '10s', fails: { after: '1s', slots: [1] } });
    const restart = { condition: 'none' } as const;
    swarm.services.create({ name: 'job', image: 'job:1', mode: 'replicated-job', replicas: 3, restart });
    swarm.run({ for: '10m' });
    return swarm;
  },
  'no-leader': () => {
    const swarm = running({}, 3);
    swarm.node('m1').crash();
    swarm.node('m2').crash();
    swarm.run({ for: '5m' });
    return swarm;
  },
  'write-in-doubt': () => {
    const swarm = running({}, 3);
    swarm.node('m2').disconnect();
    swarm.node('m3').disconnect();
    swarm.run({ for: '1s' });
    expect(() => swarm.service('api').scale(5)).toThrow();
    return swarm;
  },
  'deposed-leader': () => {
    const swarm = running({}, 3);
    swarm.node('m3').disconnect();
    swarm.run({ for: '1m' });
    swarm.node('m3').reconnect();
    swarm.run({ for: '1m' });
    return swarm;
  },
  'lost-tasks-count': () => {
    const swarm = running();
    swarm.node('w1').crash();
    swarm.run({ for: '2m' });
    return swarm;
  },
};

describe('a run that meets a surprise names it', { timeout: 60_000 }, () => {
  test.each(Object.entries(RUNS))('%s', (code, run) => {
    const causes = causesOf(run().trace.records);

    expect(causes.map((cause) => cause.code)).toContain(code);
    expect(causes.find((cause) => cause.code === code)!.text).toMatchSnapshot();
  });
});

test('a run in which all goes well has no surprises', () => {
  const swarm = running();
  update(swarm);
  swarm.runUntilSettled();
  swarm.service('api').scale(2);
  swarm.runUntilSettled();
  swarm.service('api').scale(6);
  swarm.runUntilSettled();
  swarm.node('w1').drain();
  swarm.runUntilSettled();
  swarm.service('api').scale(2);
  swarm.runUntilSettled();
  expect(causesOf(swarm.trace.records)).toEqual([]);

  swarm.service('api').remove();
  swarm.runUntilSettled();
  expect(causesOf(swarm.trace.records)).toEqual([]);
});

test('a job that has ended is no slot that was given up', () => {
  const swarm = createSwarm({ managers: 1 });
  swarm.images.define('job:1', { completes: '5s' });
  swarm.services.create({ name: 'job', image: 'job:1', mode: 'replicated-job', replicas: 2 });
  swarm.runUntilSettled();

  expect(causesOf(swarm.trace.records)).toEqual([]);
});

test('a good start-first update stops no old task early', () => {
  const swarm = running({ update: { ...START_FIRST, parallelism: 2 } });
  swarm.images.define('api:2', { ...SLOW, fails: { after: '3s', attempts: 1 } });
  update(swarm);
  swarm.runUntilSettled();

  expect(causesOf(swarm.trace.records).map(({ code }) => code)).not.toContain('old-tasks-stopped');
});
