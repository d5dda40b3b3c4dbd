import { describe, expect, test } from 'vitest';
import { durationOf, formatBytes, formatDuration, parseBytes, parseDuration } from '../../../src/api/index.ts';

describe('durations', () => {
  test.each([
    ['0', 0, '0s'],
    ['60s', 60e9, '1m0s'],
    ['2h45m', 9900e9, '2h45m0s'],
    ['1500ms', 1.5e9, '1.5s'],
    ['100us', 100_000, '100µs'],
    ['1.5µs', 1500, '1.5µs'],
    ['-1m', -60e9, '-1m0s'],
    ['.5h', 1800e9, '30m0s'],
    ['1h0.000000001s', 3_600_000_000_001, '1h0m0.000000001s'],
  ])('%s is %i ns and is written %s', (text, nanoseconds, written) => {
    expect(parseDuration(text)).toBe(nanoseconds);
    expect(formatDuration(nanoseconds)).toBe(written);
  });

  test.each([
    ['10', 'time: missing unit in duration "10"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['', 'time: invalid duration ""'],
    ['.s', 'time: invalid duration ".s"'],
    ['9999999h', 'time: invalid duration "9999999h"'],
  ])('%j is refused in the words of Go', (text, message) => {
    expect(() => parseDuration(text)).toThrowError(message);
  });

  test('nanoseconds pass as they are', () => {
    expect([durationOf(5), durationOf('5ns')]).toEqual([5, 5]);
  });
});

describe('sizes', () => {
  test.each([
    ['75M', 78_643_200],
    ['1.5g', 1_610_612_736],
    ['512kb', 524_288],
    ['10 KiB', 10_240],
    ['64b', 64],
    ['1048576', 1_048_576],
    ['1_0m', 10 * 1024 ** 2],
  ])('%s is %i bytes', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  test.each([
    ['lots', "invalid size: 'lots'"],
    ['-5M', "invalid size: '-5M'"],
    ['5q', "invalid suffix: 'q'"],
    ['5mbx', "invalid suffix: 'mbx'"],
    ['1.2.3', 'strconv.ParseFloat: parsing "1.2.3": invalid syntax'],
  ])('%s is refused in the words of docker', (text, message) => {
    expect(() => parseBytes(text)).toThrowError(message);
  });

  test.each([
    [78_643_200, '75MiB'],
    [1000, '1000B'],
    [1_033_000_000, '985.1MiB'],
    [0, '0B'],
  ])('%i bytes are shown as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
