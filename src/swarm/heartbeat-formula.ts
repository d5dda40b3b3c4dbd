/** Where the heartbeats of a session stand that has rested: what a run that sends them all would have come to. */
import type { Instant, Micros } from '../base/index.ts';

/** The heartbeat that a session rests on: one that was just heard. */
export interface Anchor {
  readonly askedAt: Instant;
  readonly heardAt: Instant;
  /** What it is answered. */
  readonly period: Micros;
  /** How many periods were given so far, this one included. */
  readonly periods: number;
}

/** What follows from the anchor. `n` counts from 0. */
export interface Course {
  /** How long the n-th heartbeat after the anchor takes to the dispatcher, by the links that it passes. */
  there(n: number): readonly Micros[];
  /** How long the n-th answer takes, the anchor's own being the first. */
  back(n: number): readonly Micros[];
  /** The period that is given as the k-th of the session. */
  period(k: number): Micros;
}

/** The last heartbeat that was heard, what has arrived since the anchor was heard, and what comes next. */
export interface Standing {
  readonly heardAt: Instant;
  readonly period: Micros;
  readonly periods: number;
  /** How many heartbeats, and how many answers, have arrived. */
  readonly asked: number;
  readonly answered: number;
  readonly next: Turn | Flight;
}

/** The agent waits for its turn to send one. */
export interface Turn {
  readonly kind: 'turn';
  readonly dueAt: Instant;
}

/** A heartbeat, or its answer, is on its way. */
export interface Flight {
  readonly kind: 'question' | 'answer';
  /** When the agent sent the heartbeat. */
  readonly askedAt: Instant;
  /** Which of the links it is on, and when it is at the end of it. */
  readonly link: number;
  readonly arrivesAt: Instant;
}

/** `isPast`: whether what is due at an instant has happened. */
export function standingOf(anchor: Anchor, course: Course, isPast: (at: Instant) => boolean): Standing {
  let { askedAt, heardAt, period, periods } = anchor;
  for (let n = 0; ; n += 1) {
    const heard = { heardAt, period, periods, asked: n };
    const answer = passing('answer', course.back(n), heardAt, isPast);
    if (!answer.isOver) return { ...heard, answered: n, next: { ...answer.flight, askedAt } };
    const dueAt = answer.at + period;
    if (!isPast(dueAt)) return { ...heard, answered: n + 1, next: { kind: 'turn', dueAt } };
    askedAt = dueAt;
    const question = passing('question', course.there(n), askedAt, isPast);
    if (!question.isOver) return { ...heard, answered: n + 1, next: { ...question.flight, askedAt } };
    heardAt = question.at;
    period = course.period(periods);
    periods += 1;
  }
}

type Passing =
  | { readonly isOver: true; readonly at: Instant }
  | { readonly isOver: false; readonly flight: Omit<Flight, 'askedAt'> };

function passing(
  kind: Flight['kind'],
  links: readonly Micros[],
  sentAt: Instant,
  isPast: (at: Instant) => boolean,
): Passing {
  let at = sentAt;
  for (const [link, latency] of links.entries()) {
    at += latency;
    if (!isPast(at)) return { isOver: false, flight: { kind, link, arrivesAt: at } };
  }
  return { isOver: true, at };
}
