import type { Owner } from './owner.ts';

/**
 * A persistent map from strings to values: a hash array mapped trie with owner tokens. It is used for look-ups only;
 * it has no order that anyone may see. `null` is the empty map. Nodes are plain data; treat them as opaque.
 */
export type StringMap<V> = Slot<V> | null;

type Slot<V> = Branch<V> | Leaf<V>;

interface Branch<V> {
  readonly owner: Owner;
  /** Which of the 32 children exist; `slots` holds just those. */
  bitmap: number;
  readonly slots: Slot<V>[];
}

/** One key, and in `next` the other keys of the same hash. Leaves are replaced, never changed. */
interface Leaf<V> {
  readonly slots: null;
  readonly hash: number;
  readonly key: string;
  readonly value: V;
  readonly next: Leaf<V> | null;
}

const BITS = 5;
const MASK = 31;

export function mapGet<V>(map: StringMap<V>, key: string): V | undefined {
  const hash = hashOf(key);
  let slot: StringMap<V> = map;
  for (let shift = 0; slot !== null && slot.slots !== null; shift += BITS) {
    const bit = bitOf(hash, shift);
    slot = (slot.bitmap & bit) === 0 ? null : (slot.slots[positionOf(slot.bitmap, bit)] as Slot<V>);
  }
  for (let leaf: Leaf<V> | null = slot; leaf !== null; leaf = leaf.next) if (leaf.key === key) return leaf.value;
  return undefined;
}

/** Adds or replaces one value. Returns the map to use from now on, which may be the same object. */
export function mapSet<V>(map: StringMap<V>, key: string, value: V, owner: Owner): StringMap<V> {
  const leaf: Leaf<V> = { slots: null, hash: hashOf(key), key, value, next: null };
  return map === null ? leaf : setIn(map, leaf, 0, owner);
}

/** Removes one key, if it is there. */
export function mapDelete<V>(map: StringMap<V>, key: string, owner: Owner): StringMap<V> {
  return map === null ? null : deleteIn(map, hashOf(key), key, 0, owner);
}

function setIn<V>(slot: Slot<V>, leaf: Leaf<V>, shift: number, owner: Owner): Slot<V> {
  if (slot.slots === null) {
    if (slot.hash === leaf.hash) return { ...leaf, next: without(slot, leaf.key) };
    // Different hashes part ways within their 32 bits, so this ends.
    return setIn({ owner, bitmap: bitOf(slot.hash, shift), slots: [slot] }, leaf, shift, owner);
  }
  const bit = bitOf(leaf.hash, shift);
  const position = positionOf(slot.bitmap, bit);
  if ((slot.bitmap & bit) === 0) {
    const target = owned(slot, owner);
    target.bitmap |= bit;
    target.slots.splice(position, 0, leaf);
    return target;
  }
  const child = slot.slots[position] as Slot<V>;
  const next = setIn(child, leaf, shift + BITS, owner);
  // A child that was changed in place is this owner's, and so then is the branch above it.
  if (next === child) return slot;
  const target = owned(slot, owner);
  target.slots[position] = next;
  return target;
}

function deleteIn<V>(slot: Slot<V>, hash: number, key: string, shift: number, owner: Owner): StringMap<V> {
  if (slot.slots === null) return slot.hash === hash ? without(slot, key) : slot;
  const bit = bitOf(hash, shift);
  if ((slot.bitmap & bit) === 0) return slot;
  const position = positionOf(slot.bitmap, bit);
  const child = slot.slots[position] as Slot<V>;
  const next = deleteIn(child, hash, key, shift + BITS, owner);
  if (next === child) return slot;
  const target = owned(slot, owner);
  if (next === null) {
    target.bitmap &= ~bit;
    target.slots.splice(position, 1);
  } else target.slots[position] = next;
  // A lone leaf moves up, so that a map that has shrunk is as small as one that never grew.
  const only = target.slots.length === 1 ? target.slots[0] : undefined;
  return only !== undefined && only.slots === null ? only : target;
}

/** The chain of leaves without one key; the same chain if the key is not in it. */
function without<V>(chain: Leaf<V>, key: string): Leaf<V> | null {
  if (chain.key === key) return chain.next;
  if (chain.next === null) return chain;
  const rest = without(chain.next, key);
  return rest === chain.next ? chain : { ...chain, next: rest };
}

function owned<V>(branch: Branch<V>, owner: Owner): Branch<V> {
  return branch.owner === owner ? branch : { owner, bitmap: branch.bitmap, slots: branch.slots.slice() };
}

function bitOf(hash: number, shift: number): number {
  return 1 << ((hash >>> shift) & MASK);
}

/** How many children come before the one of `bit`. */
function positionOf(bitmap: number, bit: number): number {
  let bits = bitmap & (bit - 1);
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** FNV-1a over code units, then murmur3's finish, which spreads the entropy to the low bits that are used first. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
