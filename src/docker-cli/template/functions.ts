import { compareText } from '../../base/index.ts';
import { CommandFailure } from '../failure.ts';
import { goJson } from '../go/json.ts';
import { encode } from '../go/type.ts';
import { escapeQuery } from '../go/url.ts';
import { formatVerbs } from './printf.ts';
import {
  constantValue,
  dynamicValue,
  elementOf,
  entriesOf,
  indirect,
  isTrue,
  NO_VALUE,
  printValue,
  type TemplateValue,
  textValue,
} from './value.ts';

/** A function that templates call. What it throws becomes `error calling <name>: …`. */
export type TemplateFunction = (...values: readonly TemplateValue[]) => TemplateValue;

export type TemplateFunctions = Readonly<Record<string, TemplateFunction>>;

/** Go's own functions and those that the client adds (docker/cli templates/templates.go). */
export const FUNCTIONS: TemplateFunctions = {
  and: (...values) => values.find((value) => !isTrue(value)) ?? values.at(-1) ?? NO_VALUE,
  or: (...values) => values.find(isTrue) ?? values.at(-1) ?? NO_VALUE,
  not: (value) => dynamicValue(!isTrue(required(value))),
  len: (value) => constantValue(lengthOf(required(value))),
  index: (item, ...keys) => keys.reduce(indexInto, required(item)),
  slice: (item, from, to) => sliceOf(required(item), from, to),
  print: (...values) => textValue(printSpaced(values)),
  println: (...values) => textValue(`${values.map(printValue).join(' ')}\n`),
  printf: (format, ...values) => textValue(formatVerbs(textOf(required(format)), values)),
  eq: (first, ...others) => dynamicValue(others.some((other) => isEqual(required(first), other))),
  ne: (first, second) => dynamicValue(!isEqual(required(first), required(second))),
  lt: (first, second) => dynamicValue(order(first, second) < 0),
  le: (first, second) => dynamicValue(order(first, second) <= 0),
  gt: (first, second) => dynamicValue(order(first, second) > 0),
  ge: (first, second) => dynamicValue(order(first, second) >= 0),
  html: (...values) => textValue(escapeHtml(printSpaced(values))),
  urlquery: (...values) => textValue(escapeQuery(printSpaced(values))),
  json: (value) => textValue(jsonOf(required(value))),
  split: (value, separator) => dynamicValue(textOf(required(value)).split(textOf(required(separator)))),
  join: (value, separator) => textValue(joinElements(required(value), textOf(required(separator)))),
  title: (value) =>
    textValue(textOf(required(value)).replace(/(?<![\p{L}\p{N}_'])\p{L}/gu, (char) => char.toUpperCase())),
  lower: (value) => textValue(textOf(required(value)).toLowerCase()),
  upper: (value) => textValue(textOf(required(value)).toUpperCase()),
  pad: (value, before, after) => textValue(pad(textOf(required(value)), required(before), required(after))),
  truncate: (value, length) => textValue(textOf(required(value)).slice(0, numberOf(required(length)))),
};

/** How many arguments the functions take that do not take any number. */
const ARITY: Readonly<Record<string, readonly [least: number, most: number]>> = {
  ...Object.fromEntries(['not', 'len', 'json', 'title', 'lower', 'upper'].map((name) => [name, [1, 1] as const])),
  ...Object.fromEntries(
    ['ne', 'lt', 'le', 'gt', 'ge', 'split', 'join', 'truncate'].map((name) => [name, [2, 2] as const]),
  ),
  ...Object.fromEntries(['and', 'or', 'index', 'slice', 'printf', 'eq'].map((name) => [name, [1, Infinity] as const])),
  pad: [3, 3],
};

/** What is wrong with a number of arguments. (text/template/exec.go, evalCall) */
export function arityProblem(name: string, count: number): string | undefined {
  const [least, most] = ARITY[name] ?? [0, Infinity];
  if (count >= least && count <= most) return undefined;
  return `wrong number of args for ${name}: want ${most === Infinity ? 'at least ' : ''}${least} got ${count}`;
}

/** In the header of a table these leave the column's name as it is. */
export const HEADER_FUNCTIONS: TemplateFunctions = {
  ...FUNCTIONS,
  ...Object.fromEntries(
    ['json', 'split', 'join', 'title', 'lower', 'upper', 'truncate'].map((name) => [name, (value) => required(value)]),
  ),
};

function required(value: TemplateValue | undefined): TemplateValue {
  if (!value) throw new CommandFailure('wrong number of args');
  return value;
}

function textOf(value: TemplateValue): string {
  const target = indirect(value);
  if (typeof target.value !== 'string') {
    throw new CommandFailure(`wrong type for value; expected string; got ${target.type.name}`);
  }
  return target.value;
}

function numberOf(value: TemplateValue): number {
  if (typeof value.value !== 'number') {
    throw new CommandFailure(`wrong type for value; expected int; got ${value.type.name}`);
  }
  return value.value;
}

function lengthOf(value: TemplateValue): number {
  const target = indirect(value);
  if (typeof target.value === 'string') return new TextEncoder().encode(target.value).length;
  const entries = entriesOf(target);
  if (!entries || typeof target.value === 'number') throw new CommandFailure(`len of type ${target.type.name}`);
  return entries.length;
}

function indexInto(item: TemplateValue, key: TemplateValue): TemplateValue {
  const target = indirect(item);
  if (typeof target.value === 'string') return indexBytes(target.value, numberOf(key));
  if (target.value === null && target.type.kind !== 'map') {
    if (target.type.kind !== 'slice') throw new CommandFailure('index of nil pointer');
    throw new CommandFailure(`index out of range: ${printValue(key)}`);
  }
  if (Array.isArray(target.value)) {
    const at = numberOf(key);
    if (at < 0 || at >= target.value.length) throw new CommandFailure(`index out of range: ${at}`);
    return elementOf(target, target.value[at]);
  }
  if (target.type.kind === 'struct' || (typeof target.value !== 'object' && target.value !== undefined)) {
    throw new CommandFailure(`can't index item of type ${target.type.name}`);
  }
  const found = (target.value as Record<string, unknown> | null)?.[textOf(key)];
  if (found !== undefined) return elementOf(target, found);
  return target.type.of?.kind === 'string' ? textValue('') : NO_VALUE;
}

/** Go's strings are bytes. */
function indexBytes(text: string, at: number): TemplateValue {
  const bytes = new TextEncoder().encode(text);
  if (at < 0 || at >= bytes.length) throw new CommandFailure(`index out of range: ${at}`);
  return dynamicValue(bytes[at]);
}

function sliceOf(item: TemplateValue, from?: TemplateValue, to?: TemplateValue): TemplateValue {
  const { type, value } = indirect(item);
  if (typeof value !== 'string' && !Array.isArray(value)) {
    throw new CommandFailure(`can't slice item of type ${type.name}`);
  }
  const start = from ? numberOf(from) : 0;
  const end = to ? numberOf(to) : value.length;
  const outside = [start, end].find((bound) => bound < 0 || bound > value.length);
  if (outside !== undefined) throw new CommandFailure(`index out of range: ${outside}`);
  if (start > end) throw new CommandFailure(`invalid slice index: ${start} > ${end}`);
  return { type, value: value.slice(start, end) };
}

/** Go's `print` puts a space between operands only where neither is text. */
function printSpaced(values: readonly TemplateValue[]): string {
  return values
    .map((value, index) => {
      const previous = values[index - 1];
      const spaced = previous && typeof previous.value !== 'string' && typeof value.value !== 'string';
      return `${spaced ? ' ' : ''}${printValue(value)}`;
    })
    .join('');
}

function isEqual(left: TemplateValue, right: TemplateValue): boolean {
  const a = indirect(left).value ?? null;
  const b = indirect(right).value ?? null;
  if (a !== null && b !== null && typeof a !== typeof b) throw new CommandFailure('incompatible types for comparison');
  return a === b;
}

function order(left: TemplateValue | undefined, right: TemplateValue | undefined): number {
  const a = indirect(required(left)).value;
  const b = indirect(required(right)).value;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  throw new CommandFailure('incompatible types for comparison');
}

function jsonOf(value: TemplateValue): string {
  if (value.value === undefined) return 'null';
  // A row builds its JSON itself, and that escapes HTML; the function does not.
  return goJson(encode(value.type, value.value), { escapeHtml: value.type.methods === true });
}

function joinElements(value: TemplateValue, separator: string): string {
  const target = indirect(value);
  if (target.value === null || target.value === undefined) return '';
  const entries = entriesOf(target);
  if (!entries || typeof target.value === 'number') throw new CommandFailure(`expected slice, got ${target.type.name}`);
  const texts = entries.map(([, element]) => printValue(element));
  return (Array.isArray(target.value) ? texts : texts.sort(compareText)).join(separator);
}

const HTML: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&#34;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => HTML[char]!);
}

function pad(text: string, before: TemplateValue, after: TemplateValue): string {
  const spaces = (count: TemplateValue) => ' '.repeat(Math.max(0, numberOf(count)));
  return text === '' ? '' : spaces(before) + text + spaces(after);
}
