import type { Owner } from './owner.ts';
import { type Trie, trieDelete, trieForEach, trieGet, trieSet } from './trie.ts';

/**
 * A persistent set of handles, iterated in ascending order. Most are tiny (the tasks of a slot, of a node) and are
 * sorted arrays, replaced as a whole; large ones (every running task) are bit masks of 32 handles each in a trie.
 */
export type HandleSet = SmallSet | LargeSet;

type SmallSet = readonly number[];

interface LargeSet {
  readonly count: number;
  /** Handle `h` is bit `h & 31` of the mask at key `h >>> 5`. */
  readonly masks: Trie<number>;
}

/** Up to here copying the array is cheaper than copying a path of the trie, and it takes far less memory. */
const SMALL_LIMIT = 256;
/** A set becomes small again well below the limit, so that one on the border does not swing to and fro. */
const SMALL_AGAIN = SMALL_LIMIT / 2;

export const EMPTY_SET: HandleSet = [];

export function handleCount(set: HandleSet): number {
  return isSmall(set) ? set.length : set.count;
}

/** Adds a handle that is not in the set. */
export function withHandle(set: HandleSet, handle: number, owner: Owner): HandleSet {
  if (!isSmall(set)) return { count: set.count + 1, masks: flip(set.masks, handle, owner) };
  if (set.length < SMALL_LIMIT) return inserted(set, handle);
  let masks: Trie<number> = null;
  for (const member of inserted(set, handle)) masks = flip(masks, member, owner);
  return { count: set.length + 1, masks };
}

/** Removes a handle that is in the set. */
export function withoutHandle(set: HandleSet, handle: number, owner: Owner): HandleSet {
  if (isSmall(set)) return without(set, handle);
  const large = { count: set.count - 1, masks: flip(set.masks, handle, owner) };
  return large.count > SMALL_AGAIN ? large : handlesOf(large);
}

/** The handles in ascending order. */
export function handlesOf(set: HandleSet): readonly number[] {
  if (isSmall(set)) return set;
  const handles: number[] = [];
  trieForEach(set.masks, (mask, key) => {
    for (let rest = mask; rest !== 0; rest &= rest - 1) handles.push(key * 32 + 31 - Math.clz32(rest & -rest));
  });
  return handles;
}

function isSmall(set: HandleSet): set is SmallSet {
  return Array.isArray(set);
}

function flip(masks: Trie<number>, handle: number, owner: Owner): Trie<number> {
  const key = handle >>> 5;
  const mask = (trieGet(masks, key) ?? 0) ^ (1 << (handle & 31));
  return mask === 0 ? trieDelete(masks, key, owner) : trieSet(masks, key, mask, owner);
}

/** A copy of exactly the right length: an array that is spliced or pushed to reserves room that would never be used. */
function inserted(set: SmallSet, handle: number): SmallSet {
  const copy = new Array<number>(set.length + 1);
  let index = set.length;
  for (; index > 0 && (set[index - 1] as number) > handle; index--) copy[index] = set[index - 1] as number;
  copy[index] = handle;
  while (index-- > 0) copy[index] = set[index] as number;
  return copy;
}

function without(set: SmallSet, handle: number): SmallSet {
  const rest = set.slice(0, -1);
  for (let index = set.indexOf(handle); index < rest.length; index++) rest[index] = set[index + 1] as number;
  return rest;
}
