import { describe, expect, test } from 'vitest';
import { createSwarm, type Swarm } from '../../../src/index.ts';

/** w1 was a manager beside `managers` others and is demoted; the leader dies a little later. */
function demotedBeforeTheLeaderDied(managers: number): Swarm {
  const swarm = createSwarm({ managers, workers: 1 });
  swarm.runUntilSettled();
  swarm.node('w1').promote();
  swarm.runUntilSettled();
  swarm.node('w1').demote();
  swarm.run({ for: '10s' });
  swarm.node('m1').crash();
  return swarm;
}

function membersOf(swarm: Swarm): string[] {
  return swarm.managers().map(({ id }) => id);
}

describe('a manager that is demoted just before the leader dies', () => {
  test('asks to be a member again when it has got no certificate for half a minute, and is let in', () => {
    const swarm = demotedBeforeTheLeaderDied(4);
    expect(membersOf(swarm)).toEqual(['m1', 'm2', 'm3', 'm4']);

    swarm.run({ for: '5m' });

    expect(swarm.node('w1').object).toMatchObject({ role: 'worker', spec: { role: 'worker' } });
    expect(membersOf(swarm)).toEqual(['m1', 'm2', 'm3', 'm4', 'w1']);
    expect(swarm.node('w1').managerStatus?.reachability).toBe('unreachable');
  });

  test('may take the quorum with it: of three it makes four, of which two are gone', () => {
    const swarm = demotedBeforeTheLeaderDied(3);

    swarm.runUntil(({ leader }) => leader !== undefined);
    swarm.run({ for: '5m' });

    expect(swarm.leader).toBeUndefined();
    swarm.node('m1').boot();
    swarm.runUntil(({ leader }) => leader !== undefined);
    expect(membersOf(swarm)).toEqual(['m1', 'm2', 'm3', 'w1']);
  });

  test('is removed for good by being promoted and demoted once more', () => {
    const swarm = demotedBeforeTheLeaderDied(4);
    swarm.run({ for: '5m' });

    swarm.node('w1').promote();
    swarm.runUntilSettled();
    swarm.node('w1').demote();
    swarm.runUntilSettled();

    expect(membersOf(swarm)).toEqual(['m1', 'm2', 'm3', 'm4']);
  });
});
