import { describe, expect, it } from 'vitest';
import { type Anchor, type Course, standingOf } from '../../../src/swarm/heartbeat-formula.ts';

/** Sent at 0, heard at 2, answered with 100: the 8th period of its session. */
const ANCHOR: Anchor = { askedAt: 0, heardAt: 2, period: 100, periods: 8 };

/** Heartbeats take 2, answers 3, and the periods grow with their number. */
const COURSE: Course = { there: () => 2, back: () => 3, period: (k) => 100 + k };

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
      answered: 1,
      next: { kind: 'answer', arrivesAt: 5, askedAt: 0 },
    });
  });

  it('sends its next heartbeat a period after the answer', () => {
    expect(at(5)).toMatchObject({ asked: 0, answered: 1, next: { kind: 'turn', dueAt: 105 } });
    expect(at(104)).toMatchObject({ next: { kind: 'turn', dueAt: 105 } });
  });

  it('has a heartbeat under way, which counts as sent', () => {
    expect(at(105)).toMatchObject({
      heardAt: 2,
      periods: 8,
      asked: 1,
      answered: 1,
      next: { kind: 'question', arrivesAt: 107, askedAt: 105 },
    });
  });

  it('is heard with a new period', () => {
    expect(at(107)).toEqual({
      heardAt: 107,
      period: 108,
      periods: 9,
      asked: 1,
      answered: 2,
      next: { kind: 'answer', arrivesAt: 110, askedAt: 105 },
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

  it('takes the latency of each message by its number', () => {
    const there: number[] = [];
    const back: number[] = [];
    const course: Course = {
      there: (n) => there.push(n),
      back: (n) => back.push(n),
      period: () => 10,
    };
    standingOf({ askedAt: 0, heardAt: 0, period: 10, periods: 1 }, course, (instant) => instant <= 40);
    expect(there).toEqual([0, 1, 2]);
    expect(back).toEqual([0, 1, 2]);
  });
});
