import { describe, expect, test } from 'vitest';
import { createSwarm, type Swarm } from '../../../src/index.ts';

const REFUSAL = 'rpc error: code = PermissionDenied desc = Permission denied: node w1 was removed from swarm';

function withoutW1(): Swarm {
  const swarm = createSwarm({ workers: 2 });
  swarm.services.create({ name: 'web', image: 'nginx', replicas: 3 });
  swarm.runUntilSettled();
  swarm.node('w1').remove({ force: true });
  return swarm;
}

function failuresOf(swarm: Swarm): readonly string[] {
  return swarm.trace.records.flatMap((record) =>
    record.kind === 'session.failed' && record.node === 'w1' ? [record.error] : [],
  );
}

describe('a node that was removed and does not know it', () => {
  test('is refused with its next heartbeat, and whenever it asks for a session', () => {
    const swarm = withoutW1();
    expect(failuresOf(swarm)).toEqual([]);

    swarm.run({ for: '1m' });

    expect(failuresOf(swarm).length).toBeGreaterThan(5);
    expect(new Set(failuresOf(swarm))).toEqual(new Set([REFUSAL]));
  });

  test('is refused after a change of leaders, too', () => {
    const swarm = createSwarm({ managers: 3, workers: 1 });
    swarm.runUntilSettled();
    swarm.node('w1').remove({ force: true });
    swarm.node('m1').crash();
    swarm.run({ for: '1m' });

    expect(swarm.leader?.id).not.toBe('m1');
    expect(failuresOf(swarm).at(-1)).toBe(REFUSAL);
  });

  test('may leave, and join as another node', () => {
    const swarm = withoutW1();
    swarm.run({ for: '10s' });
    expect(swarm.nodeAt('w1')?.id).toBe('w1');

    swarm.nodeAt('w1')?.leave();
    const back = swarm.join({ name: 'w1' });
    swarm.runUntilSettled();

    expect(back).toMatchObject({ id: 'w1-2', state: 'ready' });
    expect(swarm.nodes().map(({ id }) => id)).toEqual(['m1', 'w2', 'w1-2']);
  });
});
