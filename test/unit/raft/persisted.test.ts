import { describe, expect, test } from 'vitest';
import {
  type Entry,
  entriesOf,
  forceNewCluster,
  lastStoredIndex,
  persistedOf,
  persistSnapshot,
  Raft,
} from '../../../src/raft/index.ts';
import { Cluster } from '../../support/raft/cluster.ts';

function normal(term: number, index: number): Entry<string> {
  return { kind: 'normal', term, index, data: `v${index}`, bytes: 2 };
}

const BASE = { index: 4, term: 2, voters: [1, 2, 3], data: 'image' };

describe('stored state', () => {
  test('is a value: writing leaves the earlier one as it was', () => {
    const cluster = new Cluster(1).elect(1);
    const before = cluster.leader.disk;
    const text = JSON.stringify(before);

    cluster.leader.raft.propose('v1');
    cluster.settle();

    expect(JSON.stringify(before)).toBe(text);
    expect(lastStoredIndex(cluster.leader.disk)).toBe(lastStoredIndex(before) + 1);
  });

  test('keeps no entries that a snapshot of the application covers', () => {
    const disk = persistedOf({ entries: [normal(1, 1), normal(1, 2), normal(2, 3), normal(2, 4), normal(2, 5)] });

    const compacted = persistSnapshot(disk, BASE);

    expect(entriesOf(compacted.entries)).toEqual([normal(2, 5)]);
    expect(lastStoredIndex(persistSnapshot(disk, { ...BASE, index: 5 }))).toBe(5);
  });
});

describe('force new cluster', () => {
  const hardState = { term: 3, vote: 2, commit: 5 };

  test('drops what is not committed and removes everybody else', () => {
    const disk = persistedOf({ hardState, snapshot: BASE, entries: [normal(2, 5), normal(3, 6)] });

    const forced = forceNewCluster(disk, 2);

    expect(entriesOf(forced.entries)).toEqual([
      normal(2, 5),
      { kind: 'conf-change', term: 3, index: 6, change: { kind: 'remove', member: 1 }, bytes: 6 },
      { kind: 'conf-change', term: 3, index: 7, change: { kind: 'remove', member: 3 }, bytes: 6 },
    ]);
    expect(forced.hardState).toEqual({ term: 3, vote: 2, commit: 7 });
  });

  test('knows the members that the log adds and removes', () => {
    const entries: Entry<string>[] = [
      { kind: 'conf-change', term: 2, index: 5, change: { kind: 'remove', member: 3 }, bytes: 6 },
      { kind: 'conf-change', term: 2, index: 6, change: { kind: 'add', member: 4 }, bytes: 6 },
    ];
    const disk = persistedOf({ hardState: { ...hardState, commit: 6 }, snapshot: BASE, entries });

    const decreed = entriesOf(forceNewCluster(disk, 1).entries).slice(2);

    expect(decreed.map((entry) => entry.kind === 'conf-change' && entry.change.member)).toEqual([2, 4]);
  });

  test('adds the member itself, where it was none', () => {
    const disk = persistedOf({ hardState: { ...hardState, commit: 4 }, snapshot: BASE });

    const changes = entriesOf(forceNewCluster(disk, 9).entries).map(
      (entry) => entry.kind === 'conf-change' && entry.change,
    );

    expect(changes.at(-1)).toEqual({ kind: 'add', member: 9 });
  });

  test('makes a member of one that had heard nothing of its cluster yet', () => {
    const forced = Raft.start({ id: 9, random: () => 0 }, forceNewCluster(persistedOf(), 9));

    expect(forced.committed).toBe(1);
    expect(forced.ready().committed.map((entry) => entry.kind === 'conf-change' && entry.change)).toEqual([
      { kind: 'add', member: 9 },
    ]);
  });

  test('lets the member lead alone at once', () => {
    const cluster = new Cluster(3).elect(1);
    const alone = Raft.start({ id: 2, random: () => 0 }, forceNewCluster(cluster.member(2).disk, 2));
    const settle = () => {
      while (alone.hasReady()) {
        for (const entry of alone.ready().committed)
          if (entry.kind === 'conf-change') alone.applyConfChange(entry.change);
        alone.advance();
      }
    };

    settle();
    alone.campaign();
    settle();

    expect([alone.role, alone.term, alone.voters]).toEqual(['leader', 3, [2]]);
  });
});
