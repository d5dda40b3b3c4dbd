import { describe, expect, test } from 'vitest';
import { running, textOf, update } from '../../../support/surprised-swarm.ts';

describe('placed-unwanted', () => {
  test('a task that another update makes superfluous before it has a node still gets one', () => {
    const swarm = running({ update: { parallelism: 0 } });
    update(swarm);
    swarm.run({ for: '20ms' });
    update(swarm, 'api:3');
    swarm.run({ for: '10s' });

    expect(textOf(swarm, 'placed-unwanted')).toBe(
      '4 tasks of api got a node although they were to be shut down already',
    );
  });

  test('one that has its node by then does not get it twice', () => {
    const swarm = running({ update: { parallelism: 0 } });
    update(swarm);
    swarm.run({ for: '100ms' });
    update(swarm, 'api:3');
    swarm.run({ for: '10s' });

    expect(textOf(swarm, 'placed-unwanted')).toBeUndefined();
  });
});

describe('scheduler-held-up', () => {
  /** A new service, and afterwards a label of a node every so often. */
  const withWrites = (every: number) => {
    const swarm = running();
    swarm.services.create({ name: 'late', image: 'late:1' });
    for (let at = every; at < 900; at += every)
      swarm.schedule(
        { action: 'availability', node: 'w3', availability: at % (2 * every) === 0 ? 'active' : 'pause' },
        { after: `${at}ms` },
      );
    swarm.run({ for: '5s' });
    return swarm;
  };

  test('writes about other things keep a task waiting', () => {
    expect(textOf(withWrites(40), 'scheduler-held-up')).toMatch(
      /^a task of late waited (900ms|1s) for the scheduler, because something was written all the time$/,
    );
  });

  test('a pause between them is enough', () => {
    expect(textOf(withWrites(60), 'scheduler-held-up')).toBeUndefined();
  });
});

describe('stopped-twice', () => {
  /** The processes of the service take five seconds to end. */
  const updatedAndRemovedAfter = (pause: string) => {
    const swarm = running();
    swarm.images.define('slow:1', { stop: '5s' });
    update(swarm, 'slow:1');
    swarm.runUntilSettled();
    update(swarm);
    swarm.run({ for: pause });
    swarm.service('api').remove();
    swarm.run({ for: '1m' });
    return swarm;
  };

  test('an update and a removal within a second stop a container twice', () => {
    expect(textOf(updatedAndRemovedAfter('500ms'), 'stopped-twice')).toMatch(
      /^a task of api on (m1|w[123]) was stopped twice at the same time: it was told to stop, and within a second to go$/,
    );
  });

  test('with two seconds between them the one waits for the other', () => {
    expect(textOf(updatedAndRemovedAfter('2s'), 'stopped-twice')).toBeUndefined();
  });
});
