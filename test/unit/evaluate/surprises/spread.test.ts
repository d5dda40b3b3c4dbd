import { describe, expect, test } from 'vitest';
import { createSwarm, type NodeDefinition, type Swarm } from '../../../../src/swarm/index.ts';
import { textOf } from '../../../support/surprised-swarm.ts';

/** So many workers in each zone, over which a service without tasks is spread; the manager takes none, and is in zone a. */
function zones(sizes: Readonly<Record<string, number>>, cpus: Readonly<Record<string, number>> = {}): Swarm {
  const workers = Object.entries(sizes).flatMap(([zone, size]) =>
    Array.from(
      { length: size },
      (_, index): NodeDefinition => ({ name: `${zone}${index + 1}`, labels: { zone }, cpus: cpus[zone] ?? 16 }),
    ),
  );
  const swarm = createSwarm({
    nodes: [{ name: 'm1', role: 'manager', availability: 'drain', labels: { zone: 'a' } }, ...workers],
    managers: 0,
  });
  swarm.services.create({
    name: 'api',
    image: 'api:1',
    replicas: 0,
    spread: ['node.labels.zone'],
    reservations: { cpus: 1 },
  });
  swarm.run({ for: '1s' });
  return swarm;
}

function scale(swarm: Swarm, replicas: number): Swarm {
  swarm.service('api').scale(replicas);
  swarm.runUntilSettled();
  return swarm;
}

/** Seven tasks in zone c, and none in a and b. */
function withFullZone(cpus: Readonly<Record<string, number>> = {}): Swarm {
  const swarm = zones({ a: 1, b: 1, c: 1 }, cpus);
  for (const node of ['a1', 'b1']) swarm.node(node).pause();
  scale(swarm, 7);
  for (const node of ['a1', 'b1']) swarm.node(node).activate();
  return swarm;
}

describe('lucky-branch', () => {
  test('one of two empty branches takes all four tasks, because the third has seven', () => {
    const swarm = scale(withFullZone(), 11);

    expect(textOf(swarm, 'lucky-branch')).toMatch(
      /^4 of 4 tasks of api went where the label is "[ab]", which has 4 of them now; the branches would be level with 2$/,
    );
  });

  test('branches that are level before are level afterwards', () => {
    const swarm = scale(scale(zones({ a: 1, b: 1, c: 1 }), 6), 11);

    expect(textOf(swarm, 'lucky-branch')).toBeUndefined();
  });

  test('a branch that takes what another one has no room for is not lucky', () => {
    const swarm = scale(zones({ a: 1, b: 1 }, { a: 1 }), 8);

    expect(swarm.node('a1').tasks()).toHaveLength(1);
    expect(textOf(swarm, 'lucky-branch')).toBeUndefined();
  });
});

describe('small-branch', () => {
  test('a zone of one node gets as many tasks as one of four', () => {
    const swarm = scale(zones({ a: 1, b: 4 }), 8);

    expect(textOf(swarm, 'small-branch')).toBe(
      '4 tasks of api are on each node whose label is "a", and no more than 1 where more nodes share another value',
    );
  });

  test('with zones of one size, or few tasks, no node has more to do than the others', () => {
    expect(textOf(scale(zones({ a: 2, b: 2 }), 8), 'small-branch')).toBeUndefined();
    expect(textOf(scale(zones({ a: 1, b: 4 }), 4), 'small-branch')).toBeUndefined();
  });
});
