import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findExample } from '../../../src/fast-check/index.ts';

test('the simplest value of which it holds is found', () => {
  expect(findExample(fc.array(fc.nat(99)), (list) => list.some((one) => one > 10), { seed: 1 })).toEqual([11]);
});

test('where there is none, an error says how often it was tried', () => {
  expect(() => findExample(fc.nat(), (one) => one < 0, { numRuns: 7 })).toThrow('none of 7 tries is an example');
});

test('an error of the condition is no example', () => {
  const boom = () => {
    throw new Error('boom');
  };
  expect(() => findExample(fc.nat(), boom)).toThrow(/^boom$/);
});
