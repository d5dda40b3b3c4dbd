import { describe, expect, it } from 'vitest';
import { type Anchor, type Course, standingOf } from '../../../src/swarm/heartbeat-formula.ts';

/** Sent at 0, heard at 2, answered with 100: the 8th period of its session. */
const ANCHOR: Anchor = { askedAt: 0, heardAt: 2, period: 100, periods: 8 };

/** Heartbeats take 2, answers 3, and the periods grow with their number. */
const COURSE: Course = { there: () => [2], back: () => [3], period: (k) => 100 + k };

function at(now: number) {
  return standingOf(ANCHOR, COURSE, (instant) => instant <= now);
}

describe('a session that has rested', () => {
  it('waits for the answer that was under way when it began to', () => {
    expect(at(4)).toEqual({
      heardAt: 2,
      period: 100,
      periods: 8,
      asked: 0,
      answered: 0,
      next: { kind: 'answer', askedAt: 0, link: 0, arrivesAt: 5 },
    });
  });

  it('sends its next heartbeat a period after the answer', () => {
    expect(at(5)).toMatchObject({ asked: 0, answered: 1, next: { kind: 'turn', dueAt: 105 } });
    expect(at(104)).toMatchObject({ next: { kind: 'turn', dueAt: 105 } });
  });

  it('has a heartbeat under way', () => {
    expect(at(105)).toMatchObject({
      heardAt: 2,
      periods: 8,
      asked: 0,
      answered: 1,
      next: { kind: 'question', askedAt: 105, link: 0, arrivesAt: 107 },
    });
  });

  it('is heard with a new period', () => {
    expect(at(107)).toEqual({
      heardAt: 107,
      period: 108,
      periods: 9,
      asked: 1,
      answered: 1,
      next: { kind: 'answer', askedAt: 105, link: 0, arrivesAt: 110 },
    });
  });

  it('goes on for as long as it likes', () => {
    const { asked, answered, periods, next } = at(1000);
    // Beats at 105, 218, 332, 447, 563, 680, 798, 917.
    expect({ asked, answered, periods, next }).toEqual({
      asked: 8,
      answered: 9,
      periods: 16,
      next: { kind: 'turn', dueAt: 1037 },
    });
  });

  it('is on one link after the other where managers pass its heartbeats on', () => {
    const course: Course = { ...COURSE, there: () => [2, 10], back: () => [20, 3] };
    const next = (now: number) => standingOf(ANCHOR, course, (instant) => instant <= now).next;

    expect(next(21)).toEqual({ kind: 'answer', askedAt: 0, link: 0, arrivesAt: 22 });
    expect(next(22)).toEqual({ kind: 'answer', askedAt: 0, link: 1, arrivesAt: 25 });
    expect(next(25)).toEqual({ kind: 'turn', dueAt: 125 });
    expect(next(126)).toEqual({ kind: 'question', askedAt: 125, link: 0, arrivesAt: 127 });
    expect(next(127)).toEqual({ kind: 'question', askedAt: 125, link: 1, arrivesAt: 137 });
    expect(next(137)).toEqual({ kind: 'answer', askedAt: 125, link: 0, arrivesAt: 157 });
  });

  it('takes the latency of each message by its number', () => {
    const there: number[] = [];
    const back: number[] = [];
    const course: Course = {
      there: (n) => [there.push(n)],
      back: (n) => [back.push(n)],
      period: () => 10,
    };
    standingOf({ askedAt: 0, heardAt: 0, period: 10, periods: 1 }, course, (instant) => instant <= 40);
    expect(there).toEqual([0, 1, 2]);
    expect(back).toEqual([0, 1, 2]);
  });
});
