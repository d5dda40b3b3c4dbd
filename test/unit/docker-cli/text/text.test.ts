import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOf, humanDuration } from '../../../../src/docker-cli/text/age.ts';
import { compareNatural } from '../../../../src/docker-cli/text/natural.ts';
import { alignColumns, LIST_LAYOUT } from '../../../../src/docker-cli/text/table.ts';
import { displayWidth, ellipsis } from '../../../../src/docker-cli/text/width.ts';

const HOUR = 3600_000;

describe('an age', () => {
  test.each([
    [-5000, 'Less than a second'],
    [999, 'Less than a second'],
    [1999, '1 second'],
    [59_999, '59 seconds'],
    [60_000, 'About a minute'],
    [119_999, 'About a minute'],
    [120_000, '2 minutes'],
    [60 * 60_000, 'About an hour'],
    [1.49 * HOUR, 'About an hour'],
    [1.5 * HOUR, '2 hours'],
    [47.4 * HOUR, '47 hours'],
    [48 * HOUR, '2 days'],
    [14 * 24 * HOUR, '2 weeks'],
    [60 * 24 * HOUR, '2 months'],
    [2 * 365 * 24 * HOUR, '2 years'],
  ])('of %d ms reads %s', (milliseconds, expected) => {
    expect(humanDuration(milliseconds)).toBe(expected);
  });

  test('of no time at all is as long as Go can count', () => {
    expect(ageOf('0001-01-01T00:00:00Z', Date.UTC(2024, 0, 1))).toBe('292 years');
  });
});

describe('the natural order', () => {
  test('takes digits as numbers and before anything else', () => {
    const names = ['web-2', 'web10', 'Web1', 'web9', 'web02', '10', 'web', '9', 'api.4', 'api2.1'];

    expect(names.sort(compareNatural)).toEqual([
      '9',
      '10',
      'Web1',
      'api2.1',
      'api.4',
      'web',
      'web02',
      'web9',
      'web10',
      'web-2',
    ]);
  });

  test('is total: it tells any two different names apart, in either direction', () => {
    const name = fc.string({ unit: fc.constantFrom('0', '1', '9', 'a', 'B', '.', 'ü') });
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(compareNatural(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0);
        if (compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0) expect(compareNatural(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('a table', () => {
  test('pads every cell but the last of a line, so that an empty last cell leaves blanks', () => {
    expect(alignColumns('A\tB\nlonger-than-ten\t\n', LIST_LAYOUT)).toBe('A                 B\nlonger-than-ten   \n');
  });

  test('counts wide characters twice', () => {
    expect(displayWidth('日本x')).toBe(5);
    expect(alignColumns('日本\tx', LIST_LAYOUT)).toBe('日本      x');
  });

  test('a column ends where a line does not have it', () => {
    expect(alignColumns('a-very-long-cell\tx\nplain\nb\ty', LIST_LAYOUT)).toBe(
      'a-very-long-cell   x\nplain\nb         y',
    );
  });

  test('cuts by columns, the last of which shows that something is missing', () => {
    expect(ellipsis('short', 30)).toBe('short');
    expect(ellipsis('日本語日本語', 6)).toBe('日本…');
  });
});
