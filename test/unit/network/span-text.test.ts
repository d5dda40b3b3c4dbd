import { expect, it } from 'vitest';
import { spanText } from '../../../src/network/span-text.ts';

it('names each kind of distribution in milliseconds', () => {
  expect(spanText({ kind: 'fixed', value: 500 })).toBe('0.5 ms');
  expect(spanText({ kind: 'uniform', min: 0, max: 2_000 })).toBe('0 ms to 2 ms');
  expect(spanText({ kind: 'normal', mean: 8_000, deviation: 1_001 })).toBe('8 ms ± 1.001 ms');
  expect(spanText({ kind: 'lognormal', median: 3_000, sigma: 0.4 })).toBe('3 ms in the median');
  expect(spanText({ kind: 'exponential', mean: 7_000 })).toBe('7 ms on average');
  expect(spanText({ kind: 'empirical', values: [1, 2, 3] })).toBe('one of 3 measured values');
});
