/** Gates: conditions on what was measured under which a release does not pass, such as `lowest running < 4`. */
import { durationOf } from '../api/index.ts';
import { DryswarmError, microsOf } from '../base/index.ts';
import { isNamed } from '../faults/index.ts';
import { METRICS, type Measurements, OUTCOMES, type Outcome } from './metrics/index.ts';
import { DURATION } from './scenario/forms.ts';

/** A gate as it was read. Plain data. */
export interface Gate {
  /** As it was written, the service aside. */
  readonly text: string;
  /** Only this service. Absent: any. */
  readonly service?: string;
  readonly condition: Condition;
}

type Condition =
  | { readonly on: 'outcome'; readonly is: Outcome; readonly isNegated: boolean }
  | { readonly on: 'rest' }
  | { readonly on: FigureName; readonly operator: Operator; readonly value: Value };

type Operator = keyof typeof OPERATORS;

const OPERATORS = {
  '<=': (a: number, b: number) => a <= b,
  '>=': (a: number, b: number) => a >= b,
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
  '<': (a: number, b: number) => a < b,
  '>': (a: number, b: number) => a > b,
};

/** A number, also microseconds, or a part of the tasks that are wanted. */
type Value = { readonly of: 'itself' | 'wanted'; readonly number: number };

/** The metrics that are numbers: what they count, and what the report calls them where that is something else. */
const FIGURES: Readonly<Record<FigureName, Figure>> = {
  lowestRunning: { counts: 'tasks' },
  exposure: { counts: 'tasks', inReport: 'ran the new version' },
  failures: { counts: 'tasks' },
  duration: { counts: 'time', inReport: 'took' },
  detection: { counts: 'time', inReport: 'detected after' },
};

interface Figure {
  readonly counts: 'tasks' | 'time';
  readonly inReport?: string;
}

type FigureName = 'lowestRunning' | 'exposure' | 'failures' | 'duration' | 'detection';

const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];

const NOT_AT_REST = 'not at rest';

const COUNTED = namesOf('tasks');
const TIMED = namesOf('time');
const COMPARES = '\\s*(<=|>=|==|!=|=|<|>)\\s*';

/** Whatever {@link parseGate} reads. */
export const GATE = new RegExp(
  `^\\s*([\\w.-]+\\s*:\\s*)?(${NOT_AT_REST}|(outcome\\s+(is not|is|==|!=)\\s+)?(${OUTCOMES.join('|')})|` +
    `(${COUNTED})${COMPARES}\\d+(\\.\\d+)?\\s*%?|(${TIMED})${COMPARES}${DURATION})\\s*$`,
);

function namesOf(counts: Figure['counts']): string {
  const figures = FIGURE_NAMES.filter((name) => FIGURES[name].counts === counts);
  return figures.flatMap((name) => [METRICS[name].name, FIGURES[name].inReport ?? []].flat()).join('|');
}

const HINT = `write '${METRICS.lowestRunning.name} < 4', '${METRICS.exposure.name} > 50%', '${METRICS.duration.name} > 10m', 'outcome is paused', '${OUTCOMES.at(-1)}' or '${NOT_AT_REST}', with 'service: ' before it where one is meant`;

/**
 * Reads `lowest running < 4`, `failed tasks > 2`, `exposed > 50%` (of the tasks wanted), `duration > 10m`,
 * `outcome is paused`, `outcome is not completed`, an outcome by itself (`stuck`), or `not at rest`; each may have the name
 * of a service and a colon before it.
 *
 * @throws DryswarmError (`invalid-gate`) saying what is known.
 */
export function parseGate(text: string): Gate {
  const [, service, condition = ''] = /^(?:\s*([\w.-]+)\s*:)?\s*(.*?)\s*$/.exec(text) ?? [];
  return { text: condition, ...(service !== undefined && { service }), condition: conditionOf(condition, text) };
}

/** Whether a rehearsal's service falls under a gate. What was not measured does not. */
export function isHit(
  { service, condition }: Gate,
  result: Measurements & { readonly service: string; readonly wanted: number },
): boolean {
  if (service !== undefined && !isNamed(result.service, service)) return false;
  if (condition.on === 'outcome') return (result.outcome === condition.is) !== condition.isNegated;
  if (condition.on === 'rest') return !result.atRest;
  const measured = result[condition.on];
  const { of, number } = condition.value;
  return (
    measured !== undefined && OPERATORS[condition.operator](measured, of === 'wanted' ? number * result.wanted : number)
  );
}

function conditionOf(words: string, text: string): Condition {
  if (words === NOT_AT_REST) return { on: 'rest' };
  const bare = OUTCOMES.find((outcome) => outcome === words);
  if (bare) return { on: 'outcome', is: bare, isNegated: false };
  const outcome = /^outcome\s+(is not|is|==|!=)\s+(.+)$/.exec(words);
  if (outcome)
    return { on: 'outcome', is: outcomeOf(outcome[2]!, text), isNegated: ['is not', '!='].includes(outcome[1]!) };
  const comparison = /^(.+?)\s*(<=|>=|==|!=|=|<|>)\s*(.+)$/.exec(words);
  if (!comparison) throw invalid(text, 'it is neither an outcome nor a comparison');
  const [, name, operator, value] = comparison;
  const figure = FIGURE_NAMES.find((known) => METRICS[known].name === name || FIGURES[known].inReport === name);
  if (!figure) {
    const known = FIGURE_NAMES.map((each) => METRICS[each].name).join(', ');
    throw invalid(text, `there is no figure ${JSON.stringify(name)}`, `known: ${known}`);
  }
  return {
    on: figure,
    operator: operator === '=' ? '==' : (operator as Operator),
    value: readValue(value!, figure, text),
  };
}

function outcomeOf(word: string, text: string): Outcome {
  const outcome = OUTCOMES.find((known) => known === word);
  return outcome ?? refuse(text, `there is no outcome ${JSON.stringify(word)}`, `known: ${OUTCOMES.join(', ')}`);
}

function readValue(written: string, figure: FigureName, text: string): Value {
  if (FIGURES[figure].counts === 'time') {
    try {
      const duration = durationOf(written);
      if (duration >= 0 && !written.startsWith('-')) return { of: 'itself', number: microsOf(duration) };
      throw invalid(text, `${written} is negative`, 'write 10m');
    } catch (error) {
      if (!(error instanceof DryswarmError) || error.code === 'invalid-gate') throw error;
      throw invalid(text, error.message, error.hint);
    }
  }
  const [, number, percent] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(written) ?? [];
  if (number === undefined) throw invalid(text, `${JSON.stringify(written)} is no number of tasks`, 'write 4, or 50%');
  return percent ? { of: 'wanted', number: Number(number) / 100 } : { of: 'itself', number: Number(number) };
}

function refuse(text: string, problem: string, hint: string): never {
  throw invalid(text, problem, hint);
}

function invalid(text: string, problem: string, hint = HINT): DryswarmError {
  return new DryswarmError('invalid-gate', `cannot read the gate ${JSON.stringify(text)}: ${problem}`, hint);
}
