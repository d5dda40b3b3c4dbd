import { expect, test } from 'vitest';
import { EMPTY_PAYLOAD, entryAt } from '../../../src/raft/entry.ts';
import {
  appended,
  droppedThrough,
  emptyList,
  entriesOf,
  lastOf,
  truncatedAfter,
} from '../../../src/raft/entry-list.ts';

/** The entries 6 to 10, in a chunk that begins earlier. */
const entries = Array.from({ length: 10 }, (_, index) => entryAt(EMPTY_PAYLOAD, 1, index + 1));
const list = droppedThrough(appended(emptyList<never>(1), entries), 5);

test('what was dropped does not come back by dropping less', () => {
  expect(entriesOf(droppedThrough(list, 3)).map(({ index }) => index)).toEqual([6, 7, 8, 9, 10]);
  expect(droppedThrough(list, 5)).toBe(list);
});

test('a list that is cut off before its beginning is empty, and begins where it did', () => {
  for (const index of [0, 3, 5]) {
    const cut = truncatedAfter(list, index);

    expect([cut.first, lastOf(cut), entriesOf(cut)]).toEqual([6, 5, []]);
  }
});
