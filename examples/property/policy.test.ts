import { scenarios } from 'dryswarm/fast-check';
import fc from 'fast-check';
import { expect, test } from 'vitest';

/** Careful enough, it seems: two at a time, the new ones first, and half a minute to notice that something is wrong. */
const ourPolicy = { parallelism: 2, order: 'start-first', failureAction: 'rollback', monitor: '30s' } as const;

test('a bad image never takes more than half of the replicas', () => {
  const releases = scenarios({
    maxNodes: 4,
    faults: ['image-fails'],
    commands: [],
    service: { name: 'api', image: 'api:v1', mode: 'replicated', replicas: 4, update: ourPolicy },
  });
  fc.assert(
    fc.property(releases, (scenario) => {
      const run = scenario.run();
      // It does not hold. The counterexample is a program: paste it into a unit test.
      expect(run.service('api').running.min).toBeGreaterThanOrEqual(2);
    }),
    { seed: 1 },
  );
});
