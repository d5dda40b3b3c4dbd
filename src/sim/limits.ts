import { compareText, type Instant, LimitError, MICROS_PER_SECOND } from '../base/index.ts';
import type { QueueEntry } from './event-queue.ts';

/** Budgets that turn an endless run into an error that says what kept it going. */
export interface Limits {
  /** Events that may be handled without the clock moving. Default 1,000,000: more is a livelock. */
  readonly eventsPerInstant: number;
  /** Events that one call of `run` may handle. Default 100,000,000: about a minute of real time. */
  readonly eventsPerRun: number;
}

export const DEFAULT_LIMITS: Limits = { eventsPerInstant: 1_000_000, eventsPerRun: 100_000_000 };

/** The error of a budget that ran out: how many events of which kind are pending, and the first of them in full. */
export function limitError(
  limit: keyof Limits,
  allowed: number,
  now: Instant,
  entries: readonly QueueEntry<{ readonly kind: string }>[],
): LimitError {
  const [what, hint] = EXPLANATIONS[limit];
  const message = `${allowed} events were handled ${what}; the clock stands at ${inSeconds(now)}, ${entries.length} more are pending`;
  return new LimitError(message, [...countKinds(entries), ...entries.slice(0, SHOWN).map(describe)], hint);
}

const EXPLANATIONS: Record<keyof Limits, readonly [what: string, hint: string]> = {
  eventsPerInstant: [
    'without the clock moving',
    'events that schedule each other for the same instant never let time pass; limits.eventsPerInstant is the budget',
  ],
  eventsPerRun: ['in one run', 'bound the run with `until` or `for`, or raise limits.eventsPerRun'],
};

/** How many events are written out in full. */
const SHOWN = 5;
const LONGEST_EVENT = 160;

function countKinds(entries: readonly QueueEntry<{ readonly kind: string }>[]): string[] {
  const counts = new Map<string, number>();
  for (const { event } of entries) counts.set(event.kind, (counts.get(event.kind) ?? 0) + 1);
  return [...counts]
    .sort(([kindA, countA], [kindB, countB]) => countB - countA || compareText(kindA, kindB))
    .map(([kind, count]) => `${count} x ${kind}`);
}

function describe({ at, priority, event }: QueueEntry<{ readonly kind: string }>): string {
  const text = JSON.stringify(event);
  const shown = text.length > LONGEST_EVENT ? `${text.slice(0, LONGEST_EVENT)}...` : text;
  return `at ${inSeconds(at)}${priority === 0 ? '' : `, priority ${priority}`}: ${shown}`;
}

function inSeconds(instant: Instant): string {
  return `${instant / MICROS_PER_SECOND} s`;
}
