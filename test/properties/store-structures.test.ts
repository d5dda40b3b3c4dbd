import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_SET, handleCount, handlesOf, withHandle, withoutHandle } from '../../src/store/handle-set.ts';
import { newOwner, type Owner } from '../../src/store/owner.ts';
import { mapDelete, mapGet, mapSet, type StringMap } from '../../src/store/string-map.ts';
import { type Trie, trieDelete, trieForEach, trieGet, trieSet } from '../../src/store/trie.ts';

/** A persistent structure seen as a map from keys to numbers. */
interface Subject<S, K> {
  readonly empty: S;
  readonly keys: fc.Arbitrary<K>;
  set(structure: S, key: K, value: number, owner: Owner): S;
  remove(structure: S, key: K, owner: Owner): S;
  get(structure: S, key: K): number | undefined;
}

/**
 * The law: whatever the history of writes and forks, each of up to 8 branches equals a plain map that was copied at
 * every fork. A fork gives both sides a new token; a write under a token may change a structure in place.
 */
function expectPersistent<S, K>(subject: Subject<S, K>, check: (structure: S, model: Map<K, number>) => void): void {
  const step = fc.record({
    branch: fc.nat(7),
    kind: fc.constantFrom('set', 'set', 'set', 'remove', 'fork'),
    key: subject.keys,
    target: fc.nat(7),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const branches = [{ structure: subject.empty, owner: newOwner(), model: new Map<K, number>() }];
      steps.forEach(({ branch, kind, key, target }, value) => {
        const at = branches[branch % branches.length]!;
        if (kind === 'fork') {
          at.owner = newOwner();
          const fork = { structure: at.structure, owner: newOwner(), model: new Map(at.model) };
          const place = branches.length < 8 ? branches.length : target;
          if (branches[place] !== at) branches[place] = fork;
        } else if (kind === 'set') {
          at.structure = subject.set(at.structure, key, value, at.owner);
          at.model.set(key, value);
        } else {
          at.structure = subject.remove(at.structure, key, at.owner);
          at.model.delete(key);
        }
      });
      for (const { structure, model } of branches) {
        for (const { key } of steps) expect(subject.get(structure, key)).toBe(model.get(key));
        check(structure, model);
        const copy = JSON.parse(JSON.stringify(structure)) as S;
        for (const { key } of steps) expect(subject.get(copy, key)).toBe(model.get(key));
      }
    }),
    { numRuns: 300 },
  );
}

describe('a trie', () => {
  const keys = fc.oneof(fc.nat(40), fc.nat(3000), fc.integer({ min: 2 ** 31 - 40, max: 2 ** 31 - 1 }));

  it('keeps its branches apart, sparse keys included, and visits ascending keys', () => {
    expectPersistent<Trie<number>, number>(
      { empty: null, keys, set: trieSet, remove: trieDelete, get: trieGet },
      (trie, model) => {
        const seen: [number, number][] = [];
        trieForEach(trie, (value, key) => seen.push([key, value]));
        expect(seen).toEqual([...model].sort((a, b) => a[0] - b[0]));
      },
    );
  });

  it('takes no room once empty', () => {
    fc.assert(
      fc.property(fc.uniqueArray(keys), (all) => {
        const owner = newOwner();
        let trie: Trie<number> = null;
        for (const key of all) trie = trieSet(trie, key, 1, owner);
        for (const key of all) trie = trieDelete(trie, key, owner);
        expect(trie).toBeNull();
      }),
    );
  });
});

describe('a string map', () => {
  // These pairs have the same 32-bit FNV-1a hash.
  const twins = ['costarring', 'liquid', 'declinate', 'macallums', 'altarage', 'zinke'];
  const keys = fc.oneof(fc.constantFrom(...twins), fc.string({ maxLength: 2 }), fc.nat(400).map(String));

  it('keeps its branches apart, keys of equal hash included', () => {
    expectPersistent<StringMap<number>, string>(
      { empty: null, keys, set: mapSet, remove: mapDelete, get: mapGet },
      (map, model) => expect(map === null).toBe(model.size === 0),
    );
  });

  it('has the same shape after a key came and went', () => {
    fc.assert(
      fc.property(fc.uniqueArray(keys, { minLength: 1 }), ([extra, ...rest]) => {
        let map: StringMap<number> = null;
        for (const key of rest) map = mapSet(map, key, 1, newOwner());
        const grown = mapSet(map, extra!, 1, newOwner());
        expect(mapDelete(grown, extra!, newOwner())).toEqual(map);
      }),
    );
  });
});

describe('a set of handles', () => {
  it('is the sorted set through both of its forms, and its earlier states stay', () => {
    const size = fc.integer({ min: 1, max: 700 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), size, fc.nat(3)), { maxLength: 8 }), (phases) => {
        const states = [{ set: EMPTY_SET, model: [] as number[] }];
        let handle = 0;
        for (const [grows, count, pace] of phases) {
          let { set, model } = states.at(-1)!;
          const shared = newOwner();
          const ownerOf = pace % 2 === 0 ? newOwner : () => shared;
          if (grows) {
            const added = Array.from({ length: count }, () => (handle += 1 + pace * 31));
            // Out of order, as when a deletion is undone.
            for (const member of [...added].reverse()) set = withHandle(set, member, ownerOf());
            model = [...model, ...added];
          } else {
            const removed = new Set(model.filter((_, index) => index % 5 !== pace).slice(0, count));
            for (const member of removed) set = withoutHandle(set, member, ownerOf());
            model = model.filter((member) => !removed.has(member));
          }
          states.push({ set, model });
        }
        for (const { set, model } of states) {
          expect(handlesOf(set)).toEqual(model);
          expect(handleCount(set)).toBe(model.length);
        }
      }),
    );
  });
});
