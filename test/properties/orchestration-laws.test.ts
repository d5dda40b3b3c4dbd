import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { scenarios } from '../support/scenario-arbitraries.ts';
import { obeysLaws, SETTLE_MS } from '../support/swarm-laws-world.ts';

/** What is drawn is a whole life of a cluster: enough of them have to come to rest for the laws of rest to mean something. */
const LEAST_AT_REST_RATIO = 0.8;

describe('a cluster in which updates, faults, drains, joins and leader changes meet', () => {
  it('keeps every law at every commit, and at rest', () => {
    const restRatio = check(scenarios({ maxCommands: 8, settleMs: SETTLE_MS, withLeaders: true }), runs(1000));
    expect(restRatio).toBeGreaterThan(LEAST_AT_REST_RATIO);
  });

  it('keeps them where a write takes time', () => {
    const commitMs = fc.constantFrom(3, 20, 60, 150);
    const restRatio = check(scenarios({ maxCommands: 6, settleMs: SETTLE_MS, withLeaders: true, commitMs }), runs(300));
    expect(restRatio).toBeGreaterThan(LEAST_AT_REST_RATIO);
  });
});

function check(scenario: ReturnType<typeof scenarios>, numRuns: number): number {
  let atRest = 0;
  fc.assert(
    fc.property(scenario, (drawn) => {
      if (obeysLaws(drawn)) atRest += 1;
    }),
    { numRuns },
  );
  return atRest / numRuns;
}
