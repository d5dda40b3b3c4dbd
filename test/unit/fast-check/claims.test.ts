import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { always, assertClaims, eventually, Scenario, type Step, sometimes } from '../../../src/fast-check/index.ts';
import type { Swarm } from '../../../src/index.ts';

/** Scenarios that fall from the sky: one, in which the release fails or not. */
function releases(fails: boolean, steps: readonly Step[] = []): fc.Arbitrary<Scenario> {
  return fc.constant(
    new Scenario({
      cluster: { workers: 1 },
      images: fails ? { 'web:v2': { fails: { after: '0s' } } } : {},
      service: { name: 'web', image: 'web:v1', replicas: 2 },
      steps: [{ do: 'release', image: 'web:v2' }, ...steps],
    }),
  );
}

/** What is said about the broken claim, beside fast-check's own report. */
function brokenBy(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return ((error as Error).cause as Error).message;
  }
  throw new Error('nothing was broken');
}

const once = { numRuns: 1 };
const isPaused = (swarm: Swarm) => swarm.service('web').updateStatus?.state === 'paused';
const oneRuns = (swarm: Swarm) => swarm.service('web').running >= 1;
const twoRun = (swarm: Swarm) => swarm.service('web').running >= 2;

describe('always', () => {
  test('is true of a run in which it holds at every moment', () => {
    expect(() => assertClaims(releases(false), [always('one runs', oneRuns)], once)).not.toThrow();
  });

  test('is broken by a moment in between, which is told with what happened there', () => {
    expect(brokenBy(() => assertClaims(releases(false), [always('two run', twoRun)], once))).toMatch(
      /always two run: it does not hold at \S+s\n(.*\n)* {2}.*web\.\d on \w+ shutdown/,
    );
  });

  test('speaks of the moments only at which its condition holds', () => {
    const claim = always('two run', twoRun, {
      when: (swarm) => swarm.service('web').updateStatus?.state === 'completed',
    });
    expect(() => assertClaims(releases(false), [claim], once)).not.toThrow();
  });

  test('that had nothing to say is vacuous', () => {
    const claim = always('two run', twoRun, { when: isPaused });
    expect(() => assertClaims(releases(false), [claim, always('one runs', oneRuns)], once)).toThrow(
      'no run showed what was claimed:\n  always two run',
    );
  });
});

describe('eventually', () => {
  test('is true where it holds at some moment, though not at the end', () => {
    const updating = eventually('it is updated', (swarm) => swarm.service('web').updateStatus?.state === 'updating');
    expect(() => assertClaims(releases(false), [updating], once)).not.toThrow();
  });

  test('is broken by a run that ends without it', () => {
    expect(brokenBy(() => assertClaims(releases(false), [eventually('it is paused', isPaused)], once))).toMatch(
      /eventually it is paused: it never held from \S+ to \S+\n/,
    );
  });

  test('waits from the moment on at which its condition held first', () => {
    const again = eventually('two run again', twoRun, { when: (swarm) => !twoRun(swarm) });
    expect(() => assertClaims(releases(false), [again], once)).not.toThrow();
    const before = eventually('it is updated', (swarm) => swarm.service('web').updateStatus?.state === 'updating', {
      when: isPaused,
    });
    expect(brokenBy(() => assertClaims(releases(true), [before], once))).toContain('it never held from');
  });

  test('that nobody waited for is vacuous', () => {
    expect(() => assertClaims(releases(false), [eventually('two run', twoRun, { when: isPaused })], once)).toThrow(
      'no run showed what was claimed:\n  eventually two run',
    );
  });
});

describe('sometimes', () => {
  test('is true where one run of all shows it', () => {
    const both = fc.oneof(releases(true), releases(false));
    const paused = sometimes('a release fails', isPaused);
    expect(() => assertClaims(both, [paused], { numRuns: 20, seed: 1 })).not.toThrow();
  });

  test('is vacuous where no run does', () => {
    expect(() => assertClaims(releases(false), [sometimes('a release fails', isPaused)], once)).toThrow(
      'no run showed what was claimed:\n  sometimes a release fails',
    );
  });
});

test('the smallest scenario that breaks a claim is told as a program', () => {
  const wait = fc.integer({ min: 0, max: 9 }).map((seconds): Step => ({ do: 'wait', for: `${seconds}s` }));
  const any = fc.array(wait, { maxLength: 3 }).chain((steps) => releases(false, steps));
  expect(() => assertClaims(any, [always('two run', twoRun)], { seed: 1, numRuns: 5 })).toThrow(
    /Counterexample: \[const swarm = createSwarm\(\{ workers: 1 \}\);\n(.*\n)*web\.update\(.*\n.*runUntilSettled.*\]/,
  );
});
