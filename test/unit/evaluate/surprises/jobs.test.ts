import { describe, expect, test } from 'vitest';
import { createSwarm, type ServiceDefinition, type Swarm } from '../../../../src/swarm/index.ts';
import { leadAgain, withFormerLeader } from '../../../support/former-leader.ts';
import { textOf } from '../../../support/surprised-swarm.ts';

/** Three workers; a job whose tasks take a minute. */
function working(mode: ServiceDefinition['mode'], swarm: Swarm = createSwarm({ managers: 1, workers: 3 })): Swarm {
  swarm.run({ for: '1s' });
  swarm.images.define('job:1', { completes: '1m' });
  swarm.services.create({ name: 'job', image: 'job:1', replicas: 2, ...(mode && { mode }) });
  swarm.run({ for: '10s' });
  return swarm;
}

function runAgain(swarm: Swarm): void {
  swarm.service('job').update((spec) => {
    spec.forceUpdate = 1;
  });
  swarm.runUntilSettled();
}

describe('old-iterations-stay', () => {
  test('the finished tasks of a replicated job stay when it is run again', () => {
    const swarm = working('replicated-job');
    swarm.runUntilSettled();
    runAgain(swarm);

    expect(textOf(swarm, 'old-iterations-stay')).toBe(
      'the job job was run again, and 2 finished tasks of earlier runs stay for good',
    );
    expect(swarm.service('job').tasks()).toHaveLength(4);
  });

  test('those of a global job are removed, and so are those that had not finished', () => {
    const global = working('global-job');
    global.runUntilSettled();
    runAgain(global);
    const unfinished = working('replicated-job');
    runAgain(unfinished);

    expect(textOf(global, 'old-iterations-stay')).toBeUndefined();
    expect(textOf(unfinished, 'old-iterations-stay')).toBeUndefined();
  });
});

describe('job-ignores-drain', () => {
  test('the task of a job runs on where its node is drained', () => {
    const swarm = working('replicated-job');
    const { nodeId } = swarm.service('job').tasks()[0]!;
    swarm.node(nodeId).drain();
    swarm.runUntilSettled();

    expect(textOf(swarm, 'job-ignores-drain')).toBe(
      `the task of the job job on ${nodeId} ran on when that node was drained`,
    );
  });

  test('a node that is paused is to go on with what it has', () => {
    const swarm = working('replicated-job');
    swarm.node(swarm.service('job').tasks()[0]!.nodeId).pause();
    swarm.runUntilSettled();

    expect(textOf(swarm, 'job-ignores-drain')).toBeUndefined();
  });

  test('a node that is drained when the job has ended has nothing to run on, and that of a service stops', () => {
    const swarm = working('replicated-job');
    swarm.services.create({ name: 'web', image: 'web:1', replicas: 4 });
    swarm.runUntilSettled();
    for (const { nodeId } of swarm.service('job').tasks()) swarm.node(nodeId).drain();
    swarm.runUntilSettled();

    expect(textOf(swarm, 'job-ignores-drain')).toBeUndefined();
  });
});

describe('no-job-for-newcomer', () => {
  const joinedAfter = (swarm: Swarm) => {
    swarm.runUntilSettled();
    swarm.join({ name: 'w4' });
    swarm.runUntilSettled();
    return swarm;
  };

  test('a node that joins when a global job is done is left out, until it is run again', () => {
    const swarm = joinedAfter(working('global-job'));
    expect(textOf(swarm, 'no-job-for-newcomer')).toBe(
      'the job job leaves out w4, which joined when none of its tasks was left to end',
    );
    expect(swarm.node('w4').tasks()).toEqual([]);

    runAgain(swarm);
    expect(textOf(swarm, 'no-job-for-newcomer')).toBeUndefined();
    expect(swarm.node('w4').tasks()).toHaveLength(1);
  });

  test('one that joins while the job is at work gets its task when another one ends', () => {
    const swarm = working('global-job');
    swarm.join({ name: 'w4' });
    swarm.runUntilSettled();

    expect(swarm.node('w4').tasks()).toHaveLength(1);
    expect(textOf(swarm, 'no-job-for-newcomer')).toBeUndefined();
  });

  test('a replicated job has no use for one, and a job that is removed neither', () => {
    const removed = working('global-job');
    removed.service('job').remove();

    expect(textOf(joinedAfter(working('replicated-job')), 'no-job-for-newcomer')).toBeUndefined();
    expect(textOf(joinedAfter(removed), 'no-job-for-newcomer')).toBeUndefined();
  });
});

describe('job-ran-twice', () => {
  test('a manager that leads again makes each task of a job twice', () => {
    const swarm = withFormerLeader();
    leadAgain(swarm, 'm1');
    working('replicated-job', swarm);

    expect(textOf(swarm, 'job-ran-twice')).toBe('the job job was run twice: 4 tasks were made for 2 places');
  });

  test('a task that is started again in the place of one that failed is none too many', () => {
    const swarm = createSwarm({ managers: 1, workers: 3 });
    swarm.images.define('job:1', { completes: '1m', fails: { after: '1s', attempts: 1 } });
    swarm.services.create({ name: 'job', image: 'job:1', mode: 'replicated-job', replicas: 2 });
    swarm.runUntilSettled();

    expect(swarm.service('job').tasks()).toHaveLength(4);
    expect(textOf(swarm, 'job-ran-twice')).toBeUndefined();
  });

  test('nor is one that takes the place of one that is still stopping', () => {
    const swarm = createSwarm({ managers: 1, workers: 3 });
    swarm.run({ for: '1s' });
    swarm.images.define('job:1', { completes: '1h', stop: '30s' });
    const job = swarm.services.create({ name: 'job', image: 'job:1', mode: 'global-job', stopGracePeriod: '1m' });
    swarm.run({ for: '5s' });
    const endOn = (node: string) => {
      swarm.exit(job.tasks().find(({ nodeId }) => nodeId === node)!, 0);
      swarm.run({ for: '5s' });
    };
    swarm.node('w1').drain();
    endOn('w2');
    swarm.node('w1').activate();
    endOn('w3');

    expect(job.tasks().filter(({ nodeId }) => nodeId === 'w1')).toHaveLength(2);
    expect(textOf(swarm, 'job-ran-twice')).toBeUndefined();
  });
});
