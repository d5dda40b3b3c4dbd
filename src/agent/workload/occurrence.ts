import { DryswarmError } from '../../base/index.ts';
import type { Subject } from './behaviour.ts';

/** One, or the first and the last of a range; without a last one, all from the first on. */
export type Range = number | readonly [first: number, last?: number];

/** Which containers something happens to. What is absent does not restrict; what is given must all hold. */
export interface Occurrence {
  /** This part of them by chance: between 0 and 1, or as a percentage (`30%`). */
  readonly share?: number | string;
  /** Tasks of a slot with this image, counted from 1. */
  readonly attempts?: Range;
  /** Tasks of a service with this image, counted from 1 in the order of their creation. */
  readonly nth?: Range;
  readonly slots?: readonly number[];
  /** Names of nodes. */
  readonly nodes?: readonly string[];
}

/** `true`: it always happens. */
export type OccurrenceInput = true | Occurrence;

/** An {@link Occurrence} that was read: its share is a number. */
export interface OccurrenceOptions extends Occurrence {
  readonly share?: number;
}

/**
 * @throws DryswarmError (`invalid-workload`) for a share that is no share.
 */
export function occurrenceOf(input: OccurrenceInput): OccurrenceOptions {
  if (input === true) return {};
  const { share, attempts, nth, slots, nodes } = input;
  return {
    ...(share !== undefined && { share: shareOf(share) }),
    ...(attempts !== undefined && { attempts }),
    ...(nth !== undefined && { nth }),
    ...(slots !== undefined && { slots }),
    ...(nodes !== undefined && { nodes }),
  };
}

export function occurs(occurrence: OccurrenceOptions, subject: Subject, purpose: string): boolean {
  const { share = 1, attempts, nth, slots, nodes } = occurrence;
  return (
    isWithin(subject.attempt, attempts) &&
    isWithin(subject.nth, nth) &&
    (slots === undefined || slots.includes(subject.task.slot)) &&
    (nodes === undefined || nodes.includes(subject.node)) &&
    subject.luck(`${purpose}/share`)() < share
  );
}

function shareOf(input: number | string): number {
  const [, number = Number.NaN, percent] = /^(\d+\.?\d*|\.\d+)\s*(%?)$/.exec(String(input)) ?? [];
  const share = percent ? Number(number) / 100 : Number(number);
  if (share >= 0 && share <= 1) return share;
  throw new DryswarmError(
    'invalid-workload',
    `share ${JSON.stringify(input)} is not between 0 and 1`,
    'write 0.3 or 30%',
  );
}

function isWithin(count: number, range: Range | undefined): boolean {
  if (range === undefined) return true;
  const [first, last = Number.POSITIVE_INFINITY] = typeof range === 'number' ? [range, range] : range;
  return count >= first && count <= last;
}
