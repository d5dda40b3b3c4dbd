import { expect, test } from 'vitest';
import { seconds } from '../../../src/base/index.ts';
import { list, setting, time } from '../../../src/evaluate/words.ts';

test('a measured time is as exact as a reader can use', () => {
  expect([2.54, 9.96, 74.6].map((value) => time(seconds(value)))).toEqual(['2.5s', '10s', '1m15s']);
});

test('a setting is written without units that are zero', () => {
  expect([0, 5e9, 60e9, 90e9, 3600e9, 3660e9].map(setting)).toEqual(['0s', '5s', '1m', '1m30s', '1h', '1h1m']);
});

test('a long list of names is cut', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  expect([1, 2, 3, 5].map((length) => list(names.slice(0, length)))).toEqual([
    'a',
    'a and b',
    'a, b and c',
    'a, b and 3 more',
  ]);
});
