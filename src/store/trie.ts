import { InvariantError } from '../base/index.ts';
import type { Owner } from './owner.ts';

/**
 * A persistent map from small integers to values, iterated in ascending order: a 32-way radix trie with owner
 * tokens. It may be sparse: a node without values is pruned, so memory follows the number of values and not the
 * largest key. `null` is the empty trie. Nodes are plain data; treat them as opaque.
 */
export type Trie<V> = TrieNode<V> | null;

interface TrieNode<V> {
  readonly owner: Owner;
  /** Bits of the key below this node: 0 in a leaf, whose slots are values. */
  readonly shift: number;
  /** Slots in use. */
  used: number;
  readonly slots: Slot<V>[];
}

type Slot<V> = TrieNode<V> | V | null;

const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

/** Keys stay below this, so that shifts never see the sign bit. */
export const KEY_LIMIT = 2 ** 31;

export function trieGet<V>(trie: Trie<V>, key: number): V | undefined {
  if (trie === null || key >>> trie.shift > MASK) return undefined;
  let node = trie;
  for (;;) {
    const slot = node.slots[(key >>> node.shift) & MASK] as Slot<V>;
    if (slot === null) return undefined;
    if (node.shift === 0) return slot as V;
    node = slot as TrieNode<V>;
  }
}

/** Adds or replaces one value. Returns the trie to use from now on, which may be the same object. */
export function trieSet<V>(trie: Trie<V>, key: number, value: V, owner: Owner): TrieNode<V> {
  if (!(key >= 0 && key < KEY_LIMIT)) throw new InvariantError(`trie key ${key} is out of range`);
  let root = trie ?? emptyNode<V>(shiftFor(key), owner);
  while (key >>> root.shift > MASK) root = parentOf(root, owner);
  return setIn(root, key, value, owner);
}

/** Removes one value, if it is there. */
export function trieDelete<V>(trie: Trie<V>, key: number, owner: Owner): Trie<V> {
  return trieGet(trie, key) === undefined ? trie : deleteIn(trie as TrieNode<V>, key, owner);
}

/** Visits every value in ascending order of its key. */
export function trieForEach<V>(trie: Trie<V>, visit: (value: V, key: number) => void): void {
  if (trie !== null) visitIn(trie, 0, visit);
}

function setIn<V>(node: TrieNode<V>, key: number, value: V, owner: Owner): TrieNode<V> {
  const target = owned(node, owner);
  const index = (key >>> target.shift) & MASK;
  const old = target.slots[index] as Slot<V>;
  if (old === null) target.used++;
  if (target.shift === 0) target.slots[index] = value;
  else {
    const child = old === null ? emptyNode<V>(target.shift - BITS, owner) : (old as TrieNode<V>);
    target.slots[index] = setIn(child, key, value, owner);
  }
  return target;
}

/** The key is known to be present. */
function deleteIn<V>(node: TrieNode<V>, key: number, owner: Owner): Trie<V> {
  const index = (key >>> node.shift) & MASK;
  const child = node.shift === 0 ? null : deleteIn(node.slots[index] as TrieNode<V>, key, owner);
  if (child === null && node.used === 1) return null;
  const target = owned(node, owner);
  target.slots[index] = child;
  if (child === null) target.used--;
  return target;
}

function visitIn<V>(node: TrieNode<V>, base: number, visit: (value: V, key: number) => void): void {
  for (let index = 0; index < WIDTH; index++) {
    const slot = node.slots[index] as Slot<V>;
    if (slot === null) continue;
    const key = base + index * 2 ** node.shift;
    if (node.shift === 0) visit(slot as V, key);
    else visitIn(slot as TrieNode<V>, key, visit);
  }
}

function owned<V>(node: TrieNode<V>, owner: Owner): TrieNode<V> {
  return node.owner === owner ? node : { owner, shift: node.shift, used: node.used, slots: node.slots.slice() };
}

function emptyNode<V>(shift: number, owner: Owner): TrieNode<V> {
  return { owner, shift, used: 0, slots: new Array<Slot<V>>(WIDTH).fill(null) };
}

function parentOf<V>(node: TrieNode<V>, owner: Owner): TrieNode<V> {
  const parent = emptyNode<V>(node.shift + BITS, owner);
  parent.slots[0] = node;
  parent.used = 1;
  return parent;
}

function shiftFor(key: number): number {
  let shift = 0;
  while (key >>> shift > MASK) shift += BITS;
  return shift;
}
