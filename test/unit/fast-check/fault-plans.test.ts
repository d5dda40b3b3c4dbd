import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultPlans } from '../../../src/fast-check/index.ts';
import { completeFault, FAULT_KINDS, parametersOf } from '../../../src/faults/index.ts';

const WORLD = {
  nodes: ['m1', 'w1', 'w2'],
  images: ['web:v2'],
  services: ['web'],
  labels: ['zone', 'zone=a'],
};

describe('random faults', () => {
  test('make sense', () => {
    fc.assert(
      fc.property(faultPlans(WORLD), (faults) => {
        for (const fault of faults) expect(() => completeFault(fault)).not.toThrow();
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('are of every kind, and say everything that can be said of one', () => {
    const drawn = fc.sample(faultPlans({ ...WORLD, maxFaults: 10 }), { seed: 1, numRuns: 3000 }).flat();
    for (const kind of FAULT_KINDS) {
      const said = new Set(drawn.filter((fault) => fault.kind === kind.kind).flatMap(Object.keys));
      expect([...said].sort()).toEqual(['kind', ...Object.keys(parametersOf(kind as never))].sort());
    }
  });

  test('are of the kinds asked for', () => {
    const drawn = fc.sample(faultPlans({ kinds: ['node-crash', 'image-fails'] }), { seed: 1, numRuns: 100 }).flat();
    expect(new Set(drawn.map(({ kind }) => kind))).toEqual(new Set(['node-crash', 'image-fails']));
  });

  test('name nothing that was not given', () => {
    const drawn = fc.sample(faultPlans({ maxFaults: 10 }), { seed: 1, numRuns: 1000 }).flat();
    expect(drawn.some(({ kind }) => kind === 'partition' || kind === 'zone-outage')).toBe(false);
    for (const fault of drawn) {
      const { image, of, nodes, ...rest } = fault as { image?: string; of?: string; nodes?: string[]; node?: string };
      expect([image, of, nodes]).toEqual([undefined, undefined, undefined]);
      if (rest.node !== undefined) expect(['any', 'any worker', 'any manager', 'leader']).toContain(rest.node);
    }
  });

  test('shrink to one of which nothing is said', () => {
    const details = fc.check(
      fc.property(faultPlans(WORLD), (faults) => !faults.some(({ kind }) => kind === 'node-crash')),
      { seed: 1 },
    );
    expect(details.counterexample).toEqual([[{ kind: 'node-crash' }]]);
  });
});
