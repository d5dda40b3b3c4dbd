import { describe, expect, test } from 'vitest';
import { TaskState } from '../../../../src/api/index.ts';
import type { Swarm } from '../../../../src/swarm/index.ts';
import { running, SLOW, START_FIRST, textOf, update } from '../../../support/surprised-swarm.ts';

const ROLLS_BACK = { failureAction: 'rollback', monitor: '20s' } as const;

/** `api:2` and `api:3` die after two seconds. */
function withBadImages(definition: Parameters<typeof running>[0]): Swarm {
  const swarm = running(definition);
  for (const image of ['api:2', 'api:3']) swarm.images.define(image, { ...SLOW, fails: { after: '2s' } });
  return swarm;
}

describe('rollback-takes-replicas', () => {
  test('an image and a number of replicas that were deployed together go back together', () => {
    const swarm = withBadImages({ update: ROLLS_BACK });
    swarm.service('api').update((spec) => {
      spec.image = 'api:2';
      spec.replicas = 6;
    });
    swarm.runUntilSettled();

    expect(textOf(swarm, 'rollback-takes-replicas')).toBe(
      'the rollback of api to api:1 took back the number of replicas, too',
    );
    expect(swarm.service('api').replicas).toBe(4);
  });

  test('a scaling before the release stays', () => {
    const swarm = withBadImages({ update: ROLLS_BACK });
    swarm.service('api').scale(6);
    swarm.runUntilSettled();
    update(swarm);
    swarm.runUntilSettled();

    expect(textOf(swarm, 'rollback-takes-replicas')).toBeUndefined();
    expect(swarm.service('api').replicas).toBe(6);
  });
});

describe('rollback-by-older-policy', () => {
  test('a rollback_config that comes with the bad release has no say', () => {
    const swarm = withBadImages({ update: ROLLS_BACK, rollback: { parallelism: 1 } });
    swarm.service('api').update((spec) => {
      spec.image = 'api:2';
      spec.rollback = { parallelism: 0 };
    });
    swarm.runUntilSettled();

    expect(textOf(swarm, 'rollback-by-older-policy')).toBe(
      'the rollback of api goes by the rollback_config of before, not by the one that was deployed with what it takes back',
    );
  });

  test('one that was there before has', () => {
    const swarm = withBadImages({ update: ROLLS_BACK, rollback: { parallelism: 1 } });
    swarm.service('api').update((spec) => {
      spec.rollback = { parallelism: 0 };
    });
    update(swarm);
    swarm.runUntilSettled();

    expect(swarm.service('api').updateStatus?.state).toBe('rollback_completed');
    expect(textOf(swarm, 'rollback-by-older-policy')).toBeUndefined();
  });
});

describe('rolled-back-to-unproven', () => {
  test('of two bad releases in a row the second goes back to the first', () => {
    const swarm = withBadImages({ update: { ...START_FIRST, failureAction: 'rollback' } });
    update(swarm);
    swarm.run({ for: '3s' });
    update(swarm, 'api:3');
    swarm.run({ for: '1m' });

    expect(textOf(swarm, 'rolled-back-to-unproven')).toBe(
      'the rollback of api went to api:2, whose own update had been replaced before it was complete',
    );
  });

  test('a release that was complete is one to go back to, whatever was scaled since', () => {
    const swarm = withBadImages({ update: ROLLS_BACK });
    swarm.images.define('api:2', SLOW);
    update(swarm);
    swarm.run({ for: '3s' });
    swarm.service('api').scale(5);
    swarm.runUntilSettled();
    update(swarm, 'api:3');
    swarm.runUntil(() => swarm.service('api').updateStatus?.state === 'rollback_started');

    expect(swarm.service('api')).toMatchObject({ image: 'api:2', replicas: 5 });
    expect(textOf(swarm, 'rolled-back-to-unproven')).toBeUndefined();
  });
});

describe('rollback-forward', () => {
  test('the second of two rollbacks by hand brings the newer image again', () => {
    const swarm = running();
    update(swarm);
    swarm.runUntilSettled();
    for (let times = 0; times < 2; times += 1) {
      swarm.service('api').rollback();
      swarm.runUntilSettled();
    }

    expect(textOf(swarm, 'rollback-forward')).toBe(
      'the second rollback of api went forward again, to api:2, which the first one had taken back',
    );
  });

  test('with an update between them each takes back its own', () => {
    const swarm = running();
    for (const image of ['api:2', 'api:3']) {
      update(swarm, image);
      swarm.runUntilSettled();
      swarm.service('api').rollback();
      swarm.runUntilSettled();
    }

    expect(textOf(swarm, 'rollback-forward')).toBeUndefined();
  });
});

describe('no-way-back', () => {
  test('after an automatic rollback there is none by hand', () => {
    const swarm = withBadImages({ update: ROLLS_BACK });
    update(swarm);
    swarm.runUntilSettled();

    expect(() => swarm.service('api').rollback()).toThrow('does not have a previous spec');
    expect(textOf(swarm, 'no-way-back')).toBe(
      'api cannot be rolled back by hand: it has rolled back by itself, which leaves nothing to go back to',
    );
  });

  test('a service that was never updated has nothing to go back to, which is no surprise', () => {
    const swarm = running();

    expect(() => swarm.service('api').rollback()).toThrow('does not have a previous spec');
    expect(textOf(swarm, 'no-way-back')).toBeUndefined();
  });
});

describe('rollback-says-update', () => {
  const bothFail = (failureAction: 'pause' | 'continue' | 'rollback') => {
    const swarm = withBadImages({
      update: { ...ROLLS_BACK, parallelism: 0 },
      rollback: { failureAction, monitor: '20s' },
    });
    swarm.images.define('api:1', { ...SLOW, fails: { after: '2s' } });
    update(swarm);
    swarm.run({ for: '5m' });
    return swarm;
  };

  test('a rollback that pauses is called an update', () => {
    expect(textOf(bothFail('pause'), 'rollback-says-update')).toMatch(
      /^it is the rollback of api that is paused, although its status is rollback_paused with the message "update paused due to/,
    );
  });

  test('one that should roll back again is an update that is paused, once another task has failed', () => {
    expect(textOf(bothFail('rollback'), 'rollback-says-update')).toMatch(
      /^it is the rollback of api that is paused, although its status is paused with the message "rollback paused due to/,
    );
  });

  test('one that goes on has no such message', () => {
    expect(textOf(bothFail('continue'), 'rollback-says-update')).toBeUndefined();
  });
});

describe('kept-in-place', () => {
  test('a preference moves no task', () => {
    const swarm = running();
    swarm.service('api').update((spec) => {
      spec.maxReplicasPerNode = 1;
    });
    swarm.runUntilSettled();

    expect(textOf(swarm, 'kept-in-place')).toBe(
      '4 tasks of 4 of api stayed where they were when only the placement changed',
    );
  });

  test('a constraint moves those that do not satisfy it, and only them', () => {
    const swarm = running();
    swarm.service('api').update((spec) => {
      spec.constraints = ['node.role==worker'];
    });
    swarm.runUntilSettled();

    expect(textOf(swarm, 'kept-in-place')).toBe(
      '3 tasks of 4 of api stayed where they were when only the placement changed',
    );
  });

  test('as long as tasks are being replaced, nobody knows which will stay; and where none fits, none does', () => {
    const swarm = running({ replicas: 1, constraints: ['node.role==manager'] });
    const many = running();
    for (const one of [swarm, many])
      one.service('api').update((spec) => {
        spec.constraints = ['node.role==worker'];
      });
    swarm.runUntilSettled();
    many.run({ for: '1s' });

    expect(textOf(swarm, 'kept-in-place')).toBeUndefined();
    expect(textOf(many, 'kept-in-place')).toBeUndefined();
  });

  test('with a new image all of them are replaced', () => {
    const swarm = running();
    swarm.service('api').update((spec) => {
      spec.image = 'api:2';
      spec.maxReplicasPerNode = 2;
    });
    swarm.runUntilSettled();

    expect(textOf(swarm, 'kept-in-place')).toBeUndefined();
  });
});

test('a task that is put off its node counts as a failure of the release, and is named as none', () => {
  const swarm = running({ constraints: ['node.labels.disk!=slow'], update: { ...START_FIRST, parallelism: 1 } });
  update(swarm);
  const ofNewImage = () =>
    swarm
      .service('api')
      .tasks()
      .filter(({ spec }) => spec.container.image === 'api:2');
  swarm.runUntil(() => ofNewImage().some(({ status }) => status.state === TaskState.RUNNING));
  const [task] = ofNewImage();
  swarm.node(task!.nodeId).setLabels({ disk: 'slow' });
  swarm.run({ for: '1m' });

  expect(textOf(swarm, 'no-failure-counted')).toMatch(
    /^api was paused for a task that did not fail: in slot \d it was put off/,
  );
});
