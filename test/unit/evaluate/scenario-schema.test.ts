import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readScenario, ScenarioError, scenarioSchema } from '../../../src/evaluate/index.ts';
import { nearly } from '../../support/from-schema.ts';
import { violations } from '../../support/json-schema.ts';

const SCHEMA = scenarioSchema();

/** What no schema can say: whether several values go together. */
const TOGETHER = /is backwards|is in two groups|two nodes are named|at least one manager|nodes is too large/;

/** Why the reader refuses a file; undefined where it does not. */
function refusalOf(value: unknown): string | undefined {
  try {
    readScenario(JSON.stringify(value), 'scenario.yml');
    return undefined;
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    expect(error.line, error.message).toBeGreaterThan(0);
    return error.message;
  }
}

describe('the schema of scenario files and their reader', () => {
  test('accept and refuse the same files', { timeout: 60_000 }, () => {
    let accepted = 0;
    fc.assert(
      fc.property(nearly(SCHEMA), (value) => {
        const refusal = refusalOf(value);
        if (refusal !== undefined && TOGETHER.test(refusal)) return;
        const found = violations(value, SCHEMA);
        expect(found.length === 0, `${refusal ?? 'accepted'}; ${found.join('; ')}`).toBe(refusal === undefined);
        if (refusal === undefined) accepted += 1;
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(accepted).toBeGreaterThan(300);
  });

  test.each([
    ['images: { a: { start: 10s..5s } }', 'images.a.start: 10s..5s is backwards'],
    ['images: { a: { fails: { after: 1s, attempts: [3, 1] } } }', 'images.a.fails.attempts is backwards'],
    ['faults: [{ kind: partition, groups: [[w1], [w1]] }]', 'node w1 is in two groups'],
    ['cluster: { nodes: [{ name: a }, { name: a }] }', 'two nodes are named a'],
    ['cluster: { nodes: [{ name: w1 }] }', 'two nodes are named w1'],
    ['cluster: { managers: 0 }', 'a swarm needs at least one manager'],
    ['cluster: { managers: 6000, workers: 6000 }', 'a cluster of 12000 nodes is too large'],
  ])('differ where values do not go together: %s', (source, message) => {
    expect(() => readScenario(source, 'scenario.yml')).toThrow(message);
  });
});
