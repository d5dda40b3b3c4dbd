/** The values that stand at the keys of a scenario file: text, numbers, durations, sizes, words. */
import { durationOf, parseBytes } from '../../api/index.ts';
import { DryswarmError } from '../../base/index.ts';
import { distributionOf } from '../../swarm/index.ts';
import type { Form } from './key.ts';

export const text: Form<string> = { form: 'text', schema: { type: 'string' }, read: (place) => place.text() };

/** What something is called. */
export const named: Form<string> = {
  form: 'text',
  schema: { type: 'string', minLength: 1 },
  read: (place) => place.text() || place.refuse(`${place.name} must not be empty`),
};

/** Text of a certain form; `check` says in its own words what is wrong with another one. */
export function patterned(form: string, pattern: RegExp, check: (text: string) => unknown): Form<string> {
  return {
    form,
    schema: { type: 'string', pattern: pattern.source },
    read(place) {
      const { value } = place;
      if (typeof value !== 'string') return place.refuse(`${place.name} must be text: ${form}`.replaceAll('`', ''));
      place.check(() => check(value));
      return pattern.test(value)
        ? value
        : place.refuse(`${place.name}: ${JSON.stringify(value)} is no ${form}`.replaceAll('`', ''));
    },
  };
}

/** A whole number with bounds. */
export function wholeFrom(least: number, most?: number): Form<number> {
  const bounds = most === undefined ? `from ${least} up` : `from ${least} to ${most}`;
  return {
    form: `whole number ${bounds}`,
    schema: { type: 'integer', minimum: least, ...(most !== undefined && { maximum: most }) },
    read(place) {
      const { value } = place;
      const isOne = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= (most ?? value);
      return isOne ? value : place.refuse(`${place.name} must be a whole number ${bounds}`);
    },
  };
}

export const count: Form<number> = wholeFrom(0);

export const yesOrNo: Form<boolean> = {
  form: '`true`, `false`',
  schema: { type: 'boolean' },
  read: (place) =>
    typeof place.value === 'boolean' ? place.value : place.refuse(`${place.name} must be true or false`),
};

export const yes: Form<true> = {
  form: '`true`',
  schema: { const: true },
  read: (place) => (place.value === true ? true : place.refuse(`${place.name} must be true or a mapping`)),
};

export const positive: Form<number> = {
  form: 'number',
  schema: { type: 'number', exclusiveMinimum: 0 },
  read: (place) =>
    typeof place.value === 'number' && place.value > 0 && Number.isFinite(place.value)
      ? place.value
      : place.refuse(`${place.name} must be a number above 0`),
};

/** A label's value. YAML reads `yes` and `3` as something else than text; Docker wants text. */
export const scalar: Form<string> = {
  form: 'text',
  schema: { type: ['string', 'number', 'boolean', 'null'] },
  read: (place) =>
    place.isMapping || Array.isArray(place.value)
      ? place.refuse(`${place.name} must be text`)
      : String(place.value ?? ''),
};

const SIZE = /^(\d+(\.\d*)?|\.\d+) ?([bB]|[kmgtpKMGTP]([iI]?[bB])?)?$/;
const size = patterned('size, such as `8g`', SIZE, parseBytes);

export const bytes: Form<number> = {
  form: size.form,
  schema: { anyOf: [size.schema, count.schema] },
  read: (place) => (typeof place.value === 'number' ? place.count() : parseBytes(size.read(place))),
};

/** What Go reads as a duration, without those below zero: a part of a pattern. */
export const DURATION = '\\+?(0|((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+)';
/** One of which some digit is not zero. */
const SOME_TIME = new RegExp(`^(?=.*[1-9])${DURATION}$`);

function durationLike(form: string, pattern: RegExp, check: (text: string) => unknown, hint: string): Form<string> {
  const { read, schema } = patterned(form, pattern, check);
  return {
    form,
    schema,
    read(place) {
      // A bare number would be nanoseconds, which nobody means.
      if (typeof place.value !== 'string') return place.refuse(`${place.name} must be a duration`, hint);
      return read(place);
    },
  };
}

function requireDuration(text: string): void {
  durationOf(text);
  if (text.startsWith('-')) throw new DryswarmError('invalid-duration', `${text} is negative`);
}

export const duration = durationLike(
  'duration',
  new RegExp(`^${DURATION}$`),
  requireDuration,
  'write 30s, 1m30s or 250ms',
);

/** A duration that is not zero. */
export const period = durationLike('duration above 0', SOME_TIME, requireDuration, 'write 30s, 1m30s or 250ms');

/** A duration of which one need not be sure. */
export const uncertain = durationLike(
  'duration, such as `8s`, `8s ± 2s` or `5s..10s`',
  new RegExp(`^${DURATION}(\\s*(±|\\+-|\\.\\.)\\s*${DURATION})?$`),
  distributionOf,
  "write 8s, '8s ± 2s' or 5s..10s",
);

export function word<const T extends string>(known: readonly T[]): Form<T> {
  return {
    form: known.map((one) => `\`${one}\``).join(', '),
    schema: { enum: known },
    read: (place) => place.oneOf(known),
  };
}
