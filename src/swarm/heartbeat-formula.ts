/** Where the heartbeats of a session stand that has rested: what a run that sends them all would have come to. */
import type { Instant, Micros } from '../base/index.ts';

/** The heartbeat that a session rests on: one that was just answered. */
export interface Anchor {
  readonly askedAt: Instant;
  readonly heardAt: Instant;
  /** What it was answered. */
  readonly period: Micros;
  /** How many periods were given so far, this one included. */
  readonly periods: number;
}

/** What follows from the anchor. `n` counts from 0. */
export interface Course {
  /** How long the n-th heartbeat after the anchor takes to the manager. */
  there(n: number): Micros;
  /** How long the n-th answer takes, the anchor's own being the first. */
  back(n: number): Micros;
  /** The period that is given as the k-th of the session. */
  period(k: number): Micros;
}

/** The last heartbeat that was answered, what was sent since the anchor was answered, and what comes next. */
export interface Standing {
  readonly heardAt: Instant;
  readonly period: Micros;
  readonly periods: number;
  /** How many heartbeats, and how many answers, were sent: the anchor's answer is one of them. */
  readonly asked: number;
  readonly answered: number;
  readonly next:
    | { readonly kind: 'answer'; readonly arrivesAt: Instant; readonly askedAt: Instant }
    | { readonly kind: 'turn'; readonly dueAt: Instant }
    | { readonly kind: 'question'; readonly arrivesAt: Instant; readonly askedAt: Instant };
}

/** `isPast`: whether what is due at an instant has happened. */
export function standingOf(anchor: Anchor, course: Course, isPast: (at: Instant) => boolean): Standing {
  let { askedAt, heardAt, period, periods } = anchor;
  for (let n = 0; ; n += 1) {
    const answer = heardAt + course.back(n);
    const soFar = { heardAt, period, periods, asked: n, answered: n + 1 };
    if (!isPast(answer)) return { ...soFar, next: { kind: 'answer', arrivesAt: answer, askedAt } };
    const dueAt = answer + period;
    if (!isPast(dueAt)) return { ...soFar, next: { kind: 'turn', dueAt } };
    askedAt = dueAt;
    const arrivesAt = askedAt + course.there(n);
    if (!isPast(arrivesAt)) return { ...soFar, asked: n + 1, next: { kind: 'question', arrivesAt, askedAt } };
    heardAt = arrivesAt;
    period = course.period(periods);
    periods += 1;
  }
}
