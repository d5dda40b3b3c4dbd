import { describe, expect, test } from 'vitest';
import { digestOf, formatToken, parseToken, requireSame } from '../../../src/evaluate/index.ts';

const REPLAY = { version: '0.1.0', digest: digestOf({ a: 1 }), what: 'r0.1', seed: 7 };

describe('a token', () => {
  test.each([0, 1, 127, 128, 2 ** 40, Number.MAX_SAFE_INTEGER, -3, 0.25, '', 'a seed', 'grün ☂'])(
    'says which rehearsal it was, with the seed %j',
    (seed) => {
      expect(parseToken(formatToken({ ...REPLAY, seed }))).toEqual({ ...REPLAY, seed });
    },
  );

  test('is short, and fit for a command line and an address', () => {
    const token = formatToken(REPLAY);
    expect(token).toMatch(/^ds1:[\w-]+$/);
    expect(token.length).toBeLessThan(40);
  });

  test.each([
    ['', 'a token begins with ds1:'],
    ['7Qm2', 'a token begins with ds1:'],
    ['ds2:7Qm2', 'it is of format 2, and this version reads format 1'],
    ['ds1:', 'there is too little of it'],
    ['ds1:7Qm2', 'there is too little of it'],
    ['ds1:7Q m2', '" " does not belong into it'],
    [`${formatToken(REPLAY)}AAAA`, 'there is too much of it'],
    [formatToken(REPLAY).slice(0, -6), 'there is too little of it'],
    [`ds1:${'_'.repeat(40)}`, 'it has a number that is too large'],
  ])('that is none is refused: %s', (token, problem) => {
    expect(() => parseToken(token)).toThrow(`this is no replay token: ${problem}`);
  });
});

describe('a rehearsal is done once more only', () => {
  test('by the version that made its token', () => {
    expect(() => requireSame(REPLAY, '0.2.0', { a: 1 })).toThrow(
      expect.objectContaining({ code: 'other-version', hint: 'npx dryswarm@0.1.0 replay ...' }),
    );
  });

  test('from the same inputs, in whatever order their keys are', () => {
    expect(() => requireSame(REPLAY, '0.1.0', { a: 2 })).toThrow(expect.objectContaining({ code: 'other-input' }));
    expect(() => requireSame(REPLAY, '0.1.0', { b: undefined, a: 1 })).not.toThrow();
  });
});
