import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/base/index.ts';
import { type Distribution, HashStream, longestDuration, sample, sampleDuration } from '../../../src/sim/index.ts';

const pinned: readonly (readonly [Distribution, readonly number[]])[] = [
  [{ kind: 'fixed', value: 5 }, [5, 5, 5]],
  [{ kind: 'uniform', min: 10, max: 20 }, [12.005608733574395, 17.341896074255658, 19.290607726908405]],
  [{ kind: 'normal', mean: 8e6, deviation: 2e6 }, [6320760.944590481, 9251067.55961155, 10937663.318905145]],
  [{ kind: 'lognormal', median: 3e6, sigma: 0.5 }, [1971515.4772824368, 4101608.355310782, 6252792.215069534]],
  [{ kind: 'exponential', mean: 1e6 }, [223844.88889072242, 1324972.0342407315, 2645931.7218702235]],
  [{ kind: 'empirical', values: [3, 1, 4, 1, 5] }, [1, 1, 5]],
];

describe('sample', () => {
  it.each(pinned)('gives the numbers that it always gave: %j', (distribution, expected) => {
    const draw = new HashStream(1, 'd').draws();

    expect(expected.map(() => sample(distribution, draw))).toEqual(expected);
  });

  it.each(pinned.map(([distribution]) => [distribution]))('takes exactly one draw: %j', (distribution) => {
    let draws = 0;

    sample(distribution, () => {
      draws += 1;
      return 0.5;
    });

    expect(draws).toBe(1);
  });

  it.each(pinned.map(([distribution]) => [distribution]))('is finite for every draw: %j', (distribution) => {
    for (const draw of [0, 2 ** -53, 1 - 2 ** -53]) expect(sample(distribution, () => draw)).toSatisfy(Number.isFinite);
  });

  it('has the mean and the spread that were asked for', () => {
    const draw = new HashStream(3, 'moments').draws();
    const samples = Array.from({ length: 20_000 }, () => sample({ kind: 'normal', mean: 10, deviation: 2 }, draw));
    const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
    const variance = samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / samples.length;

    expect(mean).toBeCloseTo(10, 1);
    expect(variance).toBeCloseTo(4, 0);
  });

  it('refuses an empirical distribution without values', () => {
    expect(() => sample({ kind: 'empirical', values: [] }, () => 0)).toThrow('needs values');
  });
});

describe('sampleDuration', () => {
  it('rounds to whole microseconds and ends at 0', () => {
    const around = (mean: number, u: number) =>
      sampleDuration({ kind: 'normal', mean, deviation: seconds(2) }, () => u);

    expect(around(seconds(8), 0.3)).toBe(6951199);
    expect(around(seconds(1), 0.01)).toBe(0);
  });
});

describe('longestDuration', () => {
  it.each(pinned.map(([distribution]) => [distribution]))('no sample is longer: %j', (distribution) => {
    const draw = new HashStream(2, 'd').draws();
    const samples = Array.from({ length: 2000 }, () => sampleDuration(distribution, draw));

    expect(Math.max(...samples)).toBeLessThanOrEqual(longestDuration(distribution));
  });

  it('is the upper end of a range, the largest of measured values, and finite for long tails', () => {
    expect(longestDuration({ kind: 'uniform', min: 1, max: 20 })).toBe(20);
    expect(longestDuration({ kind: 'empirical', values: [3, 1, 5, 4] })).toBe(5);
    expect(longestDuration({ kind: 'exponential', mean: 1000 })).toBeLessThan(40_000);
  });
});
