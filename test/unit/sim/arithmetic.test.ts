import { describe, expect, it } from 'vitest';
import { exp, log, normalQuantile } from '../../../src/sim/arithmetic.ts';

/** Units in the last place, or a little more: 2^-51. */
const CLOSE = 2 ** -51;

describe('arithmetic', () => {
  it('takes logarithms as well as the engine does', () => {
    for (let x = 1e-300; x < 1e300; x *= 1.37) {
      expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(Math.abs(Math.log(x)) * CLOSE);
    }
    expect([log(1), log(0), log(-1), log(Infinity)]).toEqual([0, -Infinity, Number.NaN, Infinity]);
    expect(log(5e-324)).toBe(-744.4400719213812);
  });

  it('takes exponentials as well as the engine does', () => {
    for (let x = -690; x < 709; x += 0.37) {
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThanOrEqual(CLOSE);
    }
    expect([exp(0), exp(-800), exp(800), exp(Number.NaN)]).toEqual([1, 0, Infinity, Number.NaN]);
  });

  // Python's statistics.NormalDist().inv_cdf follows the same algorithm.
  it.each([
    [0.5, 0],
    [0.3, -0.5244005127080407],
    [0.01, -2.3263478740408408],
    [0.975, 1.9599639845400536],
    [0.999, 3.090232306167813],
    [1e-10, -6.361340902404056],
    [1e-16, -8.222082216130435],
    [2 ** -54, -8.292361075813595],
  ])('knows the normal quantile of %d as Python does', (probability, quantile) => {
    expect(normalQuantile(probability)).toBe(quantile);
  });
});
