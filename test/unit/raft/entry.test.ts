import { describe, expect, test } from 'vitest';
import { confChangePayload, EMPTY_PAYLOAD, encodedBytes, encodedBytesOf, entryAt } from '../../../src/raft/entry.ts';

describe('the size of an entry', () => {
  test.each([
    [1, 1, 0, 6],
    [1, 127, 0, 6],
    [1, 128, 0, 7],
    [16_384, 16_383, 0, 9],
    [1, 1, 1, 9],
    [1, 1, 127, 135],
    [1, 1, 128, 137],
  ])('of term %i and index %i with %i bytes of data is %i', (term, index, bytes, size) => {
    expect(encodedBytes({ kind: 'normal', term, index, data: 'x', bytes })).toBe(size);
  });

  test('without data counts none', () => {
    expect(encodedBytes(entryAt(EMPTY_PAYLOAD, 1, 1))).toBe(6);
  });

  test('adds to that of others', () => {
    const first = entryAt(EMPTY_PAYLOAD, 1, 1);
    const second = entryAt({ kind: 'normal', data: 'x', bytes: 1 }, 1, 128);

    expect(encodedBytesOf([])).toBe(0);
    expect(encodedBytesOf([first, second])).toBe(6 + 10);
  });

  test('of a membership change grows with the id', () => {
    const bytes = (member: number) => confChangePayload({ kind: 'add', member }).bytes;

    expect([bytes(1), bytes(127), bytes(128), bytes(Number.MAX_SAFE_INTEGER)]).toEqual([6, 6, 7, 13]);
  });
});
