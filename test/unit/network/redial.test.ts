import { expect, it } from 'vitest';
import { millis, seconds } from '../../../src/base/index.ts';
import { redialPause } from '../../../src/network/redial.ts';

it('waits one second, then ever longer up to eight', () => {
  const pauses = [0, 1, 2, 3, 4, 5, 100].map((earlier) => redialPause(earlier, 0.5));

  expect(pauses).toEqual([1_000, 1_600, 2_560, 4_096, 6_553.6, 8_000, 8_000].map(millis));
});

it('spreads all but the first pause by a fifth either way', () => {
  expect([redialPause(0, 0), redialPause(0, 0.99)]).toEqual([seconds(1), seconds(1)]);
  expect([redialPause(1, 0), redialPause(1, 0.75)]).toEqual([millis(1_280), millis(1_760)]);
  expect(redialPause(9, 0)).toBe(millis(6_400));
  expect(redialPause(9, 1 - 2 ** -53)).toBeLessThanOrEqual(millis(9_600));
});
