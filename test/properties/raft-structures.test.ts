import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/raft/entry.ts';
import {
  appended,
  droppedThrough,
  type EntryList,
  emptyList,
  entriesOf,
  entryOf,
  lastOf,
  truncatedAfter,
} from '../../src/raft/entry-list.ts';
import { committedIndex, quorumSize, type Raft, voteResult } from '../../src/raft/index.ts';
import { Cluster } from '../support/raft/cluster.ts';

const RUNS = Number(process.env.RAFT_RUNS ?? 1000);

function entry(index: number): Entry<string> {
  return { kind: 'normal', term: 1, index, data: `${index}`, bytes: 1 };
}

describe('a list of entries', () => {
  const changes = fc.array(fc.tuple(fc.constantFrom('append', 'truncate', 'drop'), fc.nat(80)), { maxLength: 30 });

  test('holds what an array would, and no change touches an earlier list', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), changes, (first, steps) => {
        let list: EntryList<string> = emptyList(first);
        let model: Entry<string>[] = [];
        const history: [EntryList<string>, Entry<string>[]][] = [];
        for (const [kind, count] of steps) {
          const last = lastOf(list);
          if (kind === 'append') {
            const entries = Array.from({ length: count }, (_, position) => entry(last + 1 + position));
            list = appended(list, entries);
            model = [...model, ...entries];
          } else if (kind === 'truncate') {
            const index = Math.max(last - count, list.first - 1);
            list = truncatedAfter(list, index);
            model = model.filter((kept) => kept.index <= index);
          } else {
            const index = Math.min(list.first - 1 + count, last);
            list = droppedThrough(list, index);
            model = model.filter((kept) => kept.index > index);
          }
          history.push([list, model]);
        }
        for (const [then, expected] of history) {
          const entries = entriesOf(then);
          expect([entries.length, lastOf(then)]).toEqual([expected.length, then.first + expected.length - 1]);
          expect(entries.every((kept, position) => kept === expected[position])).toBe(true);
          const outside = [-1, 0, then.first - 1, lastOf(then) + 1, lastOf(then) + 40];
          expect(outside.some((index) => entryOf(then, index) !== undefined)).toBe(false);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a quorum', () => {
  test('commits the index that is in the right place once all are sorted', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 9 }), (acknowledged) => {
        const ascending = [...acknowledged].sort((a, b) => a - b);
        expect(committedIndex(acknowledged)).toBe(ascending[ascending.length - quorumSize(ascending.length)]);
      }),
      { numRuns: RUNS },
    );
  });

  test('decides a vote as soon as no missing ballot can change it, and not before', () => {
    const ballots = fc.uniqueArray(fc.record({ member: fc.integer({ min: 1, max: 7 }), granted: fc.boolean() }), {
      selector: ({ member }) => member,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), ballots, (size, cast) => {
        const voters = Array.from({ length: size }, (_, position) => position + 1);
        const missing = voters.filter((id) => !cast.some(({ member }) => member === id));
        const ifAll = (granted: boolean) => [...cast, ...missing.map((member) => ({ member, granted }))];
        const wins = (all: typeof cast) =>
          all.filter(({ member, granted }) => granted && voters.includes(member)).length >= quorumSize(size);
        const expected = wins(ifAll(false)) ? 'won' : wins(ifAll(true)) ? 'pending' : 'lost';
        expect(voteResult(voters, cast)).toBe(expected);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a leader that hears nobody', () => {
  const cluster = fc.record({
    size: fc.integer({ min: 2, max: 7 }),
    electionTicks: fc.integer({ min: 2, max: 12 }),
    phase: fc.nat(30),
  });

  function leaderAfter(size: number, electionTicks: number, checkQuorum: boolean, phase: number): Raft {
    return new Cluster(size, { electionTicks, checkQuorum }).elect(1).tick(phase).leader.raft;
  }

  test('steps down between one and two election timeouts later, where it checks its quorum', () => {
    fc.assert(
      fc.property(cluster, ({ size, electionTicks, phase }) => {
        const leader = leaderAfter(size, electionTicks, true, phase);
        expect(leader.role).toBe('leader');
        const { term } = leader;
        let ticks = 0;
        while (leader.role === 'leader' && ticks < 100) {
          leader.tick();
          ticks += 1;
        }
        expect(ticks).toBeGreaterThan(electionTicks);
        expect(ticks).toBeLessThanOrEqual(2 * electionTicks);
        expect([leader.role, leader.term, leader.leader]).toEqual(['follower', term, 0]);
      }),
      { numRuns: Math.ceil(RUNS / 10) },
    );
  });

  test('leads on for ever, where it does not check its quorum', () => {
    fc.assert(
      fc.property(cluster, ({ size, electionTicks, phase }) => {
        const leader = leaderAfter(size, electionTicks, false, phase);
        for (let ticks = 0; ticks < 10 * electionTicks; ticks += 1) leader.tick();
        expect(leader.role).toBe('leader');
      }),
      { numRuns: Math.ceil(RUNS / 10) },
    );
  });
});
