/** What a good policy does with a release, and whether a rehearsal showed it. */
import { DryswarmError } from '../../base/index.ts';
import type { Measurements, Outcome } from '../metrics/index.ts';

export interface Expectation {
  /** Any of these is as expected. Empty: not looked at. */
  readonly outcome: readonly Outcome[];
  /** On the lowest number of running tasks. */
  readonly running?: Comparison;
  /** On the slots in which the new version has run. */
  readonly exposed?: Comparison;
}

export interface Comparison {
  readonly operator: '>=' | '<=' | '>' | '<' | '==';
  readonly value: number;
}

export const COMPARISON = /^\s*(>=|<=|==|=|>|<)?\s*(\d+)\s*$/;

/** @throws DryswarmError (`invalid-scenario`) */
export function parseComparison(input: unknown): Comparison {
  const match = typeof input === 'string' || typeof input === 'number' ? COMPARISON.exec(String(input)) : null;
  if (!match)
    throw new DryswarmError('invalid-scenario', `cannot read the comparison ${JSON.stringify(input)}`, "write '>= 3'");
  const operator = match[1] === undefined || match[1] === '=' ? '==' : (match[1] as Comparison['operator']);
  return { operator, value: Number(match[2]) };
}

function holds({ operator, value }: Comparison, actual: number): boolean {
  switch (operator) {
    case '>=':
      return actual >= value;
    case '<=':
      return actual <= value;
    case '>':
      return actual > value;
    case '<':
      return actual < value;
    case '==':
      return actual === value;
  }
}

/** With these, a service is expected to work. A pause leaves failing containers to be restarted on and on. */
const RESTFUL: ReadonlySet<Outcome> = new Set(['created', 'completed', 'rolled back']);

/** A part of an {@link Expectation} that was not met, in words. */
export interface Disappointment {
  readonly of: keyof Expectation;
  readonly text: string;
}

/** What was not as expected; empty where all was. */
export function unmet(expectation: Expectation, measured: Measurements): Disappointment[] {
  const { outcome, running, exposed } = expectation;
  const { lowestRunning } = measured;
  const problems: Disappointment[] = [];
  if (outcome.length > 0 && !outcome.includes(measured.outcome)) {
    problems.push({ of: 'outcome', text: `${measured.outcome} instead of ${outcome.join(' or ')}` });
  } else if (outcome.length > 0 && !measured.atRest && RESTFUL.has(measured.outcome)) {
    problems.push({ of: 'outcome', text: `${measured.outcome}, but it does not come to rest` });
  }
  if (running && lowestRunning !== undefined && !holds(running, lowestRunning)) {
    problems.push({ of: 'running', text: `lowest running ${running.operator} ${running.value} does not hold` });
  }
  if (exposed && !holds(exposed, measured.exposure)) {
    problems.push({ of: 'exposed', text: `exposed ${exposed.operator} ${exposed.value} does not hold` });
  }
  return problems;
}
