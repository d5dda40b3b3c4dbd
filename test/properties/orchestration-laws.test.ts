import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { scenarios } from '../support/scenario-arbitraries.ts';
import { obeysLaws, SETTLE_MS } from '../support/swarm-laws-world.ts';
import { UPDATE_KINDS, type UpdateKind } from '../support/update-kinds.ts';

/** What is drawn is a whole life of a cluster: enough of them have to come to rest for the laws of rest to mean something. */
const LEAST_AT_REST_RATIO = 0.8;

/** Of so many scenarios each kind of update has to be met half way in one at least, or nothing is said of it. */
const SCENARIOS_PER_KIND = 200;

describe('a cluster in which updates, faults, drains, joins and leader changes meet', () => {
  it('keeps every law at every commit, and at rest', () => {
    check(scenarios({ maxCommands: 8, settleMs: SETTLE_MS, withLeaders: true, withShrinking: true }), runs(1000));
  });

  it('keeps them where a write takes time', () => {
    const commitMs = fc.constantFrom(3, 20, 60, 150);
    check(
      scenarios({ maxCommands: 6, settleMs: SETTLE_MS, withLeaders: true, withShrinking: true, commitMs }),
      runs(300),
    );
  });
});

function check(scenario: ReturnType<typeof scenarios>, numRuns: number): void {
  let atRest = 0;
  const met = new Map<UpdateKind, number>(UPDATE_KINDS.map((kind) => [kind, 0]));
  fc.assert(
    fc.property(scenario, (drawn) => {
      const { isAtRest, kinds } = obeysLaws(drawn);
      if (isAtRest) atRest += 1;
      for (const kind of kinds) met.set(kind, met.get(kind)! + 1);
    }),
    { numRuns },
  );
  expect(atRest / numRuns).toBeGreaterThan(LEAST_AT_REST_RATIO);
  expect([...met].filter(([, count]) => count < numRuns / SCENARIOS_PER_KIND)).toEqual([]);
}
