import { describe, expect, test } from 'vitest';
import { createSwarm } from '../../../src/index.ts';

const TOO_LARGE = "raft: raft message is too large and can't be sent";

/** A variable of so many kilobytes. */
function env(kilobytes: number): string[] {
  return [`BIG=${'x'.repeat(kilobytes * 1024)}`];
}

describe('one write to the store', () => {
  test('has to weigh less than 1.5 MiB, as raft counts', () => {
    const swarm = createSwarm();

    expect(() => swarm.services.create({ name: 'web', image: 'nginx', env: env(1600) })).toThrow(TOO_LARGE);
    expect(swarm.services.all()).toEqual([]);
    swarm.services.create({ name: 'web', image: 'nginx', env: env(1400), replicas: 0 });

    expect(swarm.services.all()).toHaveLength(1);
  });

  test('carries the former specification of a service, too, so that an update may be too large', () => {
    const swarm = createSwarm();
    const web = swarm.services.create({ name: 'web', image: 'nginx', env: env(800), replicas: 0 });

    expect(() =>
      web.update((spec) => {
        spec.env = env(801);
      }),
    ).toThrow(TOO_LARGE);
  });

  test('takes fewer tasks when they are large: a batch is cut at three quarters', () => {
    const writesFor = (kilobytes: number) => {
      const swarm = createSwarm({ latencies: { disk: 1000 } });
      const web = swarm.services.create({ name: 'web', image: 'nginx', env: env(kilobytes), replicas: 0 });
      web.scale(100);
      swarm.run({ for: '10s' });
      const created = swarm.trace.records.filter(({ kind }) => kind === 'task.created');
      expect(created).toHaveLength(100);
      return new Set(created.map(({ at }) => at)).size;
    };

    expect(writesFor(1)).toBe(1);
    expect(writesFor(50)).toBe(Math.ceil(100 / 23));
  });
});
