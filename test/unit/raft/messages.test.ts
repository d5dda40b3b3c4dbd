/** What a member does with single messages, written by hand: situations that schedules of whole clusters seldom reach. */
import { describe, expect, test } from 'vitest';
import { type Entry, type HardState, type Message, persistedOf, Raft, type Snapshot } from '../../../src/raft/index.ts';

const BASE: Snapshot<string> = { index: 1, term: 1, voters: [1, 2, 3], data: 'base' };

function normal(term: number, index: number): Entry<string> {
  return { kind: 'normal', term, index, data: `${term}.${index}`, bytes: 3 };
}

function change(term: number, index: number, member: number): Entry<string> {
  return { kind: 'conf-change', term, index, change: { kind: 'add', member }, bytes: 6 };
}

/** Member 1 of three, up again with these entries behind a snapshot at 1. */
function memberWith(entries: readonly Entry<string>[], hardState: Partial<HardState> = {}): Raft {
  const stored = { term: entries.at(-1)?.term ?? 1, vote: 0, commit: 1, ...hardState };
  return Raft.start({ id: 1, random: () => 0 }, persistedOf({ hardState: stored, snapshot: BASE, entries }));
}

/** One round; returns what was sent. */
function work(raft: Raft): readonly Message<string, string>[] {
  const { messages, committed } = raft.ready();
  for (const entry of committed) if (entry.kind === 'conf-change') raft.applyConfChange(entry.change);
  raft.advance();
  return messages;
}

function answers(raft: Raft, message: Message<string, string>): readonly Message<string, string>[] {
  raft.step(message);
  return raft.hasReady() ? work(raft) : [];
}

function leaderWith(entries: readonly Entry<string>[]): Raft {
  const raft = memberWith(entries);
  raft.campaign();
  work(raft);
  answers(raft, { type: 'vote-response', from: 2, to: 1, term: raft.term, rejected: false });
  expect(raft.role).toBe('leader');
  return raft;
}

function acknowledgement(term: number, index: number): Message<string, string> {
  return { type: 'append-response', from: 2, to: 1, term, rejected: false, index, hintIndex: 0, hintTerm: 0 };
}

describe('a leader', () => {
  test('does not count acknowledgements of an earlier term', () => {
    const raft = leaderWith([normal(2, 2)]);

    raft.step(acknowledgement(2, 3));
    expect(raft.committed).toBe(1);

    raft.step(acknowledgement(3, 3));
    expect(raft.committed).toBe(3);
  });

  test('does not commit entries of an earlier term by counting them', () => {
    const raft = leaderWith([normal(2, 2)]);

    raft.step(acknowledgement(3, 2));

    expect(raft.committed).toBe(1);
  });

  test('refuses a membership change until it has applied all that it inherited', () => {
    const raft = leaderWith([change(2, 2, 4)]);

    raft.proposeConfChange({ kind: 'add', member: 5 });

    expect(raft.entries(4)).toEqual([{ kind: 'normal', term: 3, index: 4, data: undefined, bytes: 0 }]);
  });
});

describe('a candidate', () => {
  test('does not count votes of an earlier term', () => {
    const raft = memberWith([]);
    for (let election = 0; election < 2; election += 1) {
      raft.campaign();
      work(raft);
    }

    raft.step({ type: 'vote-response', from: 2, to: 1, term: 2, rejected: false });

    expect([raft.role, raft.term]).toEqual(['candidate', 3]);
  });

  test('follows whoever shows to lead its term', () => {
    const raft = memberWith([]);
    raft.campaign();
    work(raft);

    raft.step({ type: 'heartbeat', from: 3, to: 1, term: 2, commit: 1 });

    expect([raft.role, raft.leader]).toEqual(['follower', 3]);
  });

  test('is nobody who has a committed membership change still to apply', () => {
    const raft = memberWith([change(2, 2, 4)], { commit: 2 });

    raft.campaign();
    expect(raft.role).toBe('follower');

    work(raft);
    raft.campaign();
    expect(raft.role).toBe('candidate');
  });

  test('is nobody who has a received snapshot still to store', () => {
    const raft = memberWith([]);
    raft.step({ type: 'snapshot', from: 2, to: 1, term: 2, snapshot: { ...BASE, index: 9, term: 2 } });

    raft.campaign();
    expect(raft.role).toBe('follower');

    work(raft);
    raft.campaign();
    expect(raft.role).toBe('candidate');
  });
});

describe('a follower', () => {
  const append = { type: 'append', from: 2, to: 1, term: 5, prevIndex: 2, prevTerm: 2 } as const;

  test('commits no further than the leader has shown the logs to match', () => {
    const raft = memberWith([normal(2, 2), normal(2, 3), normal(3, 4)]);

    raft.step({ ...append, entries: [normal(2, 3)], commit: 4 });

    expect([raft.committed, raft.lastIndex]).toEqual([3, 4]);
  });

  test('keeps entries behind those of an old message that it has already', () => {
    const raft = memberWith([normal(2, 2), normal(5, 3), normal(5, 4)]);

    const sent = answers(raft, { ...append, entries: [normal(5, 3)], commit: 1 });

    expect(raft.lastIndex).toBe(4);
    expect(sent).toMatchObject([{ type: 'append-response', rejected: false, index: 3 }]);
  });

  test('drops entries that conflict, and all behind them', () => {
    const raft = memberWith([normal(2, 2), normal(3, 3), normal(3, 4)]);

    raft.step({ ...append, entries: [normal(5, 3)], commit: 1 });

    expect(raft.entries(2)).toEqual([normal(2, 2), normal(5, 3)]);
  });

  test('answers what does not match with the last place that may', () => {
    const raft = memberWith([normal(2, 2), normal(4, 3), normal(4, 4)]);

    const sent = answers(raft, { ...append, prevIndex: 7, prevTerm: 3, entries: [], commit: 1 });

    expect(sent).toMatchObject([{ rejected: true, index: 7, hintIndex: 2, hintTerm: 2 }]);
  });

  test('ignores a snapshot of what it has committed', () => {
    const raft = memberWith([normal(2, 2), normal(2, 3)], { commit: 3 });
    work(raft);
    raft.compact({ ...BASE, index: 3, term: 2 }, 0);

    const sent = answers(raft, { type: 'snapshot', from: 2, to: 1, term: 2, snapshot: { ...BASE, index: 2, term: 2 } });

    expect(raft.lastIndex).toBe(3);
    expect(sent).toMatchObject([{ type: 'append-response', rejected: false, index: 3 }]);
  });

  test('only commits up to a snapshot whose last entry it has', () => {
    const raft = memberWith([normal(2, 2), normal(2, 3)]);

    raft.step({ type: 'snapshot', from: 2, to: 1, term: 2, snapshot: { ...BASE, index: 2, term: 2 } });

    expect([raft.committed, raft.lastIndex]).toEqual([2, 3]);
  });

  test('refuses a snapshot of a cluster that it is no member of', () => {
    const raft = memberWith([]);

    raft.step({ type: 'snapshot', from: 2, to: 1, term: 2, snapshot: { ...BASE, index: 9, term: 2, voters: [2, 3] } });

    expect([raft.committed, raft.lastIndex]).toEqual([1, 1]);
  });

  test('makes a leader of a lower term hear of its own term', () => {
    const raft = memberWith([], { term: 7 });

    const sent = answers(raft, { type: 'heartbeat', from: 2, to: 1, term: 5, commit: 1 });

    expect(sent).toMatchObject([{ type: 'append-response', to: 2, term: 7, index: 0 }]);
  });
});
