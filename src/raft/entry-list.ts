import type { Entry } from './entry.ts';

/**
 * Consecutive entries as an immutable value: a change returns a new list that shares all but the last few entries
 * with the old one. Hence a checkpoint of a log is a reference, and a fork of a whole cluster copies no entries.
 *
 * Plain data. Entries sit in chunks of {@link CHUNK}; only the last chunk, `tail`, is not full.
 */
export interface EntryList<D> {
  /** Index of the first entry; one more than the last index in an empty list. */
  readonly first: number;
  /** Index of the first slot of the first chunk. Slots before `first` are left over from dropped entries. */
  readonly origin: number;
  readonly full: readonly (readonly Entry<D>[])[];
  readonly tail: readonly Entry<D>[];
}

const CHUNK_BITS = 5;
const CHUNK = 1 << CHUNK_BITS;

/** A list without entries, whose first one will have the index `first`. */
export function emptyList<D>(first: number): EntryList<D> {
  return { first, origin: first, full: [], tail: [] };
}

/** Index of the last entry; `first - 1` in an empty list. */
export function lastOf(list: EntryList<unknown>): number {
  return list.origin + (list.full.length << CHUNK_BITS) + list.tail.length - 1;
}

/** The entry at `index`, or undefined outside of the list. */
export function entryOf<D>(list: EntryList<D>, index: number): Entry<D> | undefined {
  if (index < list.first) return undefined;
  const slot = index - list.origin;
  const chunk = list.full[slot >> CHUNK_BITS];
  return chunk ? chunk[slot & (CHUNK - 1)] : list.tail[slot - (list.full.length << CHUNK_BITS)];
}

/** The entries with indexes from `low` up to and including `high`, all of which must be in the list. */
export function entriesBetween<D>(list: EntryList<D>, low: number, high: number): Entry<D>[] {
  const entries: Entry<D>[] = [];
  for (let index = low; index <= high; index += 1) entries.push(entryOf(list, index)!);
  return entries;
}

/** All entries, in order. */
export function entriesOf<D>(list: EntryList<D>): Entry<D>[] {
  return entriesBetween(list, list.first, lastOf(list));
}

/** The list followed by `entries`, which must continue it without a gap. */
export function appended<D>(list: EntryList<D>, entries: readonly Entry<D>[]): EntryList<D> {
  let { full } = list;
  let tail: readonly Entry<D>[] = [...list.tail, ...entries];
  while (tail.length >= CHUNK) {
    full = [...full, tail.slice(0, CHUNK)];
    tail = tail.slice(CHUNK);
  }
  return { first: list.first, origin: list.origin, full, tail };
}

/** The list without the entries after `index`. */
export function truncatedAfter<D>(list: EntryList<D>, index: number): EntryList<D> {
  if (index >= lastOf(list)) return list;
  if (index < list.first) return emptyList(list.first);
  const kept = index + 1 - list.origin;
  const chunks = kept >> CHUNK_BITS;
  const tail = chunks < list.full.length ? list.full[chunks]! : list.tail;
  return {
    first: list.first,
    origin: list.origin,
    full: list.full.slice(0, chunks),
    tail: tail.slice(0, kept - (chunks << CHUNK_BITS)),
  };
}

/** The list without the entries up to and including `index`. */
export function droppedThrough<D>(list: EntryList<D>, index: number): EntryList<D> {
  if (index < list.first) return list;
  if (index >= lastOf(list)) return emptyList(index + 1);
  const chunks = Math.min((index + 1 - list.origin) >> CHUNK_BITS, list.full.length);
  return {
    first: index + 1,
    origin: list.origin + (chunks << CHUNK_BITS),
    full: list.full.slice(chunks),
    tail: list.tail,
  };
}
