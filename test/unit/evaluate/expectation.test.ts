import { describe, expect, test } from 'vitest';
import { type Expectation, type Outcome, parseComparison } from '../../../src/evaluate/index.ts';
import { unmet } from '../../../src/evaluate/scenario/expectation.ts';

const measured = {
  outcome: 'rolled back' as Outcome,
  atRest: true,
  duration: 60e6,
  detection: 30e6,
  lowestRunning: 3,
  exposure: 2,
  failures: 2,
  versionMix: {},
};

function problemsOf(expectation: Partial<Expectation>, actual: Partial<typeof measured> = {}): readonly string[] {
  return unmet({ outcome: [], ...expectation }, { ...measured, ...actual }).map(({ text }) => text);
}

describe('comparisons', () => {
  test.each([
    ['>= 3', 3, true],
    ['>= 4', 3, false],
    ['<= 3', 3, true],
    ['<= 2', 3, false],
    ['> 2', 3, true],
    ['> 3', 3, false],
    ['< 4', 3, true],
    ['< 3', 3, false],
    ['== 3', 3, true],
    ['= 3', 3, true],
    ['3', 3, true],
    [3, 3, true],
    ['2', 3, false],
  ])('%s of %d holds: %s', (text, lowestRunning, holds) => {
    expect(problemsOf({ running: parseComparison(text) }, { lowestRunning })).toHaveLength(holds ? 0 : 1);
  });

  test.each(['', '>=', 'three', '>= -1', '>= 1.5', '=> 3', true, [3]])('%j is none', (text) => {
    expect(() => parseComparison(text)).toThrow('cannot read the comparison');
  });
});

describe('an expectation', () => {
  test('without a word about the outcome does not look at it', () => {
    expect(problemsOf({}, { outcome: 'stuck', atRest: false })).toEqual([]);
  });

  test('is met by any of its outcomes', () => {
    expect(problemsOf({ outcome: ['paused', 'rolled back'] })).toEqual([]);
    expect(problemsOf({ outcome: ['completed', 'paused'] })).toEqual(['rolled back instead of completed or paused']);
  });

  test('of a service that works is not met by one that is never at rest', () => {
    expect(problemsOf({ outcome: ['rolled back'] }, { atRest: false })).toEqual([
      'rolled back, but it does not come to rest',
    ]);
    expect(problemsOf({ outcome: ['paused'] }, { outcome: 'paused', atRest: false })).toEqual([]);
  });

  test('of what runs says nothing about a service that did not run before', () => {
    const { lowestRunning: _, ...isNew } = measured;
    expect(unmet({ outcome: [], running: parseComparison('>= 1') }, { ...isNew, lowestRunning: undefined })).toEqual(
      [],
    );
  });

  test('of exposure looks at the slots of the new version', () => {
    expect(problemsOf({ exposed: parseComparison('<= 1') })).toEqual(['exposed <= 1 does not hold']);
  });
});
