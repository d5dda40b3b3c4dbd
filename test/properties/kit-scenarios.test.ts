import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ScenarioFault, scenarios } from '../../src/fast-check/index.ts';
import { runs } from '../support/runs.ts';
import { runCode } from '../unit/fast-check/printed.ts';

const EVERYTHING: readonly ScenarioFault[] = [
  'image-fails',
  'image-missing',
  'image-never-healthy',
  'image-unhealthy',
  'pull-slow',
  'container-crash',
  'node-crash',
  'node-disconnect',
  'manager-crash',
  'leader-crash',
];

describe('a random scenario', () => {
  test('prints as the program that does the same', () => {
    const all = scenarios({
      faults: EVERYTHING,
      commands: ['scale', 'rollback', 'drain', 'pause', 'activate'],
      patience: '30s',
    });
    fc.assert(
      fc.property(all, (one) => {
        expect(runCode(String(one)).trace.records).toEqual(one.run().swarm.trace.records);
      }),
      { numRuns: runs(25) },
    );
  });

  test('has no more nodes than asked for, and strikes and asks for nothing else', () => {
    fc.assert(
      fc.property(scenarios({ maxNodes: 3, faults: ['leader-crash'], commands: ['scale'] }), ({ parts }) => {
        const { managers = 0, workers = 0 } = parts.cluster;
        expect(managers + workers).toBeLessThanOrEqual(3);
        for (const step of parts.steps) expect(['release', 'wait', 'leader-crash', 'scale']).toContain(step.do);
      }),
    );
  });

  test('keeps what is said of the service', () => {
    const mine = scenarios({ service: { name: 'api', image: 'registry:5000/api', update: { parallelism: 3 } } });
    fc.assert(
      fc.property(mine, ({ parts }) => {
        expect(parts.service).toMatchObject({ name: 'api', update: { parallelism: 3 } });
        expect(parts.steps[0]).toEqual({ do: 'release', image: 'registry:5000/api:v2' });
      }),
    );
  });

  test('meets every kind of trouble', () => {
    const drawn = fc.sample(scenarios({ faults: EVERYTHING }), { seed: 1, numRuns: 300 });
    const steps = new Set(drawn.flatMap(({ parts }) => parts.steps.map((step) => step.do)));
    const behaviours = new Set(drawn.flatMap(({ parts }) => Object.keys(parts.images['web:v2'] ?? {})));
    for (const kind of ['container-crash', 'node-crash', 'node-disconnect', 'leader-crash', 'scale', 'drain'] as const)
      expect(steps).toContain(kind);
    for (const kind of ['fails', 'missing', 'neverHealthy', 'unhealthy', 'pull', 'start'])
      expect(behaviours).toContain(kind);
  });

  test('shrinks to the fewest nodes, faults and commands, and the simplest of each', () => {
    const details = fc.check(
      fc.property(scenarios({ faults: EVERYTHING }), (one) => one.run().service().outcome !== 'paused'),
    );
    expect(String(details.counterexample?.[0])).toMatchInlineSnapshot(`
      "const swarm = createSwarm({ managers: 1, workers: 0 });
      const web = swarm.services.create({ name: 'web', image: 'web:v1', replicas: 1 });
      swarm.runUntilSettled();
      web.update((spec) => { spec.image = 'web:v2'; });
      swarm.run({ for: '1s' });
      swarm.node('m1').drain();
      try { swarm.runUntilSettled({ within: '2m' }); } catch {} // it may never come to rest"
    `);
  });
});
