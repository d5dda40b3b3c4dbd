import { formatDuration } from '../../api/index.ts';
import { compareText } from '../../base/index.ts';
import { quote } from '../../go/index.ts';
import { formatGoTime } from '../go/time.ts';
import { any, bool, type GoType, number, text } from '../go/type.ts';

/** A value in a template: what it is in Go decides how it prints and which fields it has. */
export interface TemplateValue {
  readonly type: GoType<unknown>;
  readonly value: unknown;
}

/** Go's invalid value: a missing map key, an untyped nil. */
export const NO_VALUE: TemplateValue = { type: any, value: undefined };

export function typedValue<V>(type: GoType<V>, value: V): TemplateValue {
  return { type: type as GoType<unknown>, value };
}

export function textValue(value: string): TemplateValue {
  return { type: text, value };
}

/** A value whose type is not declared: taken for what the JSON says. */
export function dynamicValue(value: unknown): TemplateValue {
  if (typeof value === 'string') return textValue(value);
  if (typeof value === 'boolean') return { type: bool, value };
  if (typeof value === 'number') return { type: number, value };
  return { type: any, value };
}

/** A number that stands in the template, or that is counted, is an int unless it has a fraction. */
export function constantValue(value: string | number | boolean): TemplateValue {
  return typeof value === 'number' && Number.isInteger(value) ? { type: INT, value } : dynamicValue(value);
}

const INT: GoType<unknown> = { ...(number as GoType<unknown>), name: 'int' };

/** Follows a pointer or an interface to what it holds. */
export function indirect(item: TemplateValue): TemplateValue {
  if (item.type.kind === 'pointer' && item.value !== null) return { type: item.type.of!, value: item.value };
  return item.type.kind === 'any' ? dynamicValue(item.value) : item;
}

/** What an element of a slice or map is. */
export function elementOf(container: TemplateValue, value: unknown): TemplateValue {
  return container.type.of ? { type: container.type.of, value } : dynamicValue(value);
}

/** Whether `if` takes it: not false, zero, nil or empty. A struct always is. */
export function isTrue(item: TemplateValue): boolean {
  const { type, value } = item;
  if (value === null || value === undefined) return false;
  if (type.kind === 'struct' || type.kind === 'pointer' || type.kind === 'time') return true;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object') return Object.keys(value).length > 0;
  return value !== '' && value !== 0 && value !== false;
}

/** The entries that `range` visits, maps by key. Undefined where the value cannot be ranged over. */
export function entriesOf(item: TemplateValue): [TemplateValue, TemplateValue][] | undefined {
  const target = indirect(item);
  const { value } = target;
  if (Array.isArray(value)) {
    return value.map((element, index): [TemplateValue, TemplateValue] => [
      constantValue(index),
      elementOf(target, element),
    ]);
  }
  if (value === null || value === undefined) {
    return target.type.kind === 'slice' || target.type.kind === 'map' ? [] : undefined;
  }
  if (target.type.kind === 'number') {
    return Array.from({ length: value as number }, (_, index) => [constantValue(index), constantValue(index)]);
  }
  if (typeof value !== 'object' || target.type.kind === 'struct') return undefined;
  return Object.keys(value)
    .sort(compareText)
    .map((key) => [textValue(key), elementOf(target, (value as Record<string, unknown>)[key])]);
}

/** Go's `%v`. */
export function printValue(item: TemplateValue): string {
  const { type, value } = item;
  if (value === undefined) return '<no value>';
  if (value === null) {
    if (type.kind === 'slice') return '[]';
    if (type.kind === 'map') return 'map[]';
    return type.kind === 'any' ? '<no value>' : '<nil>';
  }
  switch (type.kind) {
    case 'duration':
      return formatDuration(value as number);
    case 'time':
      return formatGoTime(value as string);
    case 'pointer': {
      // A pointer within another value prints as an address; at the top text/template follows it.
      return printValue({ type: type.of!, value });
    }
    case 'struct':
      if (type.printsAs !== undefined) return String((value as Record<string, unknown>)[type.printsAs]);
      return `{${type
        .fields!.map((field) => printNested({ type: field.type, value: (value as Record<string, unknown>)[field.key] }))
        .join(' ')}}`;
    default:
      return printPlain(item);
  }
}

function printPlain(item: TemplateValue): string {
  const { value } = item;
  if (Array.isArray(value)) return `[${value.map((element) => printNested(elementOf(item, element))).join(' ')}]`;
  if (typeof value === 'object') {
    const entries = entriesOf(item)!;
    return `map[${entries.map(([key, element]) => `${key.value}:${printNested(element)}`).join(' ')}]`;
  }
  return typeof value === 'number' ? printNumber(value) : String(value);
}

function printNested(item: TemplateValue): string {
  return item.value === undefined || item.value === null ? printNil(item.type) : printValue(item);
}

function printNil(type: GoType<unknown>): string {
  if (type.kind === 'slice') return '[]';
  return type.kind === 'map' ? 'map[]' : '<nil>';
}

/** Go's `%v` of a float64: `%g` with the fewest digits, an exponent from 21 on. Whole numbers print in full. */
export function printNumber(value: number): string {
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** What `%q` and error texts make of it. */
export function quoteValue(item: TemplateValue): string {
  return quote(printValue(item));
}
