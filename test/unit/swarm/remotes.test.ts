import { describe, expect, test } from 'vitest';
import { createSwarm, type Swarm } from '../../../src/index.ts';

/** What a worker has come to think of the managers. */
function weightsOf(swarm: Swarm, node: string): Readonly<Record<string, number>> {
  const { machines, hosts } = swarm.checkpoint().machines;
  const index = machines.findIndex(({ definition }) => definition.name === node);
  return Object.fromEntries(hosts[index]!.remotes);
}

function settled(): Swarm {
  const swarm = createSwarm({ managers: 3, workers: 1 });
  swarm.runUntilSettled();
  return swarm;
}

function failed(swarm: Swarm): { readonly manager?: string } | undefined {
  return swarm.trace.records.find((record) => record.kind === 'session.failed' && record.node === 'w1') as
    | { readonly manager?: string }
    | undefined;
}

describe('what a node thinks of its managers', () => {
  test('comes from those who say who they are: half of ten is added each time', () => {
    expect(weightsOf(settled(), 'w1')).toEqual({ m1: 8, m2: 8, m3: 8 });
  });

  test('is better of the one who has issued a certificate', () => {
    const swarm = settled();

    swarm.node('w1').promote();
    swarm.runUntil(() => swarm.trace.records.some((record) => record.kind === 'raft.membership-changed'));

    const weights = Object.values(weightsOf(swarm, 'w1')).sort((a, b) => a - b);
    expect(weights).toEqual([9, 9, 10]);
  });

  test('is worse of the one whose session has ended', () => {
    const swarm = settled();

    swarm.node('w1').disconnect();
    swarm.runUntil(() => failed(swarm) !== undefined);

    const { [String(failed(swarm)?.manager)]: weight, ...others } = weightsOf(swarm, 'w1');
    expect(weight).toBe(-1);
    expect(Object.values(others)).toEqual([8, 8]);
  });
});
