/**
 * A family of golden vectors: how to recognise a file of it by its content, and how to replay what is in it.
 * A new family is one file in `families/` and one line in `catalogue.ts`.
 */

/** Where our behaviour first departs from what was measured. */
export interface Difference {
  /** Virtual milliseconds, where the vector has a time line. */
  readonly at?: number;
  /** Where in the vector: a path such as `variants[0].slots` or `steps[12].st`. */
  readonly where: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** `inexact`: accepted by a rule that `docs/fidelity.md` states, not to the letter. */
export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'inexact'; readonly rule: string }
  | { readonly kind: 'failed'; readonly difference: Difference };

export interface VectorCase {
  /** The vector's own `id` or `name`. */
  readonly id: string;
  /** Replays the vector with one seed. An exception counts as a failure of this vector alone. */
  run(options: { readonly seed: number }): Verdict;
}

export interface Family {
  readonly name: string;
  /** Decides by content alone: never by a file's name or folder. */
  recognises(content: unknown): boolean;
  cases(content: unknown): readonly VectorCase[];
}

export const passed: Verdict = { kind: 'passed' };

export function failed(difference: Difference): Verdict {
  return { kind: 'failed', difference };
}

/** A plain object, for content checks. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The first place at which two plain values differ, depth first, or undefined where they are equal. Objects are
 * compared by key (an absent key equals undefined), arrays by position.
 */
export function firstDifference(expected: unknown, got: unknown, where = ''): Difference | undefined {
  if (Object.is(expected, got)) return undefined;
  if (Array.isArray(expected) && Array.isArray(got)) {
    for (let index = 0; index < Math.max(expected.length, got.length); index += 1) {
      const found = firstDifference(expected[index], got[index], `${where}[${index}]`);
      if (found) return found;
    }
    return undefined;
  }
  if (isRecord(expected) && isRecord(got)) {
    for (const key of [...new Set([...Object.keys(expected), ...Object.keys(got)])]) {
      const found = firstDifference(expected[key], got[key], where === '' ? key : `${where}.${key}`);
      if (found) return found;
    }
    return undefined;
  }
  return { where, expected, got };
}
