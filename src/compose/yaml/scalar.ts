import { decodeBase64 } from '../base64.ts';
import { type ScalarValue, Timestamp } from '../tree.ts';

const TAG_PREFIX = 'tag:yaml.org,2002:';

/** The value of a scalar node, or why Go's YAML refuses its explicit tag. */
export function scalarValue(node: {
  readonly text: string;
  readonly tag: string | undefined;
  readonly isPlain: boolean;
}): { readonly value: ScalarValue } | { readonly problem: string } {
  const { text } = node;
  if (node.tag === undefined || node.tag === '!') return { value: node.isPlain ? resolvePlain(text) : text };
  const tag = node.tag.startsWith(TAG_PREFIX) ? node.tag.slice(TAG_PREFIX.length) : undefined;
  switch (tag) {
    case 'binary': {
      const bytes = decodeBase64(text.replace(/[\r\n]/g, ''));
      return bytes ? { value: bytes } : { problem: '!!binary value contains invalid base64 data' };
    }
    case 'int':
    case 'float':
    case 'bool':
    case 'null':
    case 'timestamp': {
      const value = resolvePlain(text);
      const found = tagOf(value);
      if (found === tag) return { value };
      if (tag === 'float' && typeof value === 'bigint') return { value: Number(value) };
      return { problem: `cannot decode !!${found} \`${text}\` as a !!${tag}` };
    }
    default:
      return { value: text };
  }
}

function tagOf(value: ScalarValue): string {
  if (value === null) return 'null';
  if (value instanceof Timestamp) return 'timestamp';
  const names: Partial<Record<string, string>> = { bigint: 'int', number: 'float', boolean: 'bool' };
  return names[typeof value] ?? 'str';
}

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

const WORDS = new Map<string, ScalarValue>([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

/**
 * The value of an unquoted scalar as Go's YAML reads it: YAML 1.2 words, YAML 1.1 octals and underscores, and dates.
 * `yes`, `no`, `on` and `off` stay strings. (go.yaml.in/yaml/v3 resolve.go)
 */
export function resolvePlain(text: string): ScalarValue {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charAt(0);
  if (first === '.') return decimal(text, /^\.[0-9]+([eE][-+]?[0-9]+)?$/) ?? text;
  if (!/[-+0-9]/.test(first)) return text;
  const time = timestamp(text);
  if (time) return time;
  const plain = text.replaceAll('_', '');
  return integer(plain) ?? decimal(plain, /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/) ?? text;
}

function integer(text: string): bigint | undefined {
  const match = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/.exec(text);
  if (!match) return undefined;
  const [, sign, hex, binary, octal, ten] = match;
  const size = BigInt(hex ? `0x${hex}` : binary ? `0b${binary}` : octal ? `0o${octal}` : ten!);
  const value = sign === '-' ? -size : size;
  // A sign is allowed up to 64 signed bits only: Go tries the unsigned reading without one.
  if (value > MAX_INT64) return sign === '' && value <= MAX_UINT64 ? value : undefined;
  return value < MIN_INT64 ? undefined : value;
}

function decimal(text: string, form: RegExp): number | undefined {
  if (!form.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const DATE_TIME = /^(\d{4})-(\d{1,2})-(\d{1,2})([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d{2}:\d{2})?$/;

function timestamp(text: string): Timestamp | undefined {
  const date = DATE.exec(text);
  if (date) return makeTimestamp(date.slice(1, 4).map(Number), [0, 0, 0], '', 'Z');
  const full = DATE_TIME.exec(text);
  if (!full) return undefined;
  const [separator, fraction, zone] = [full[4], full[8] ?? '', full[9]];
  // A space goes without a zone and a `T` with one: the two forms that Go tries.
  if ((separator === ' ') !== (zone === undefined)) return undefined;
  return makeTimestamp(full.slice(1, 4).map(Number), full.slice(5, 8).map(Number), fraction, zone ?? 'Z');
}

function makeTimestamp(
  [year = 0, month = 0, day = 0]: readonly number[],
  [hour = 0, minute = 0, second = 0]: readonly number[],
  fractionDigits: string,
  zone: string,
): Timestamp | undefined {
  const daysInMonth = new Date(Date.UTC(2000, month, 0)).getUTCDate();
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && !isLeap ? 28 : daysInMonth;
  if (month < 1 || month > 12 || day < 1 || day > days || hour > 23 || minute > 59 || second > 59) return undefined;
  if (zone !== 'Z' && (Number(zone.slice(1, 3)) > 23 || Number(zone.slice(4)) > 59)) return undefined;
  const two = (value: number): string => String(value).padStart(2, '0');
  const fraction = fractionDigits.slice(0, 9).replace(/0+$/, '');
  const clock = `${two(hour)}:${two(minute)}:${two(second)}${fraction ? `.${fraction}` : ''}`;
  const calendar = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  const isUtc = zone === 'Z' || /^[-+]00:00$/.test(zone);
  const offset = isUtc ? '+0000' : zone.replace(':', '');
  return new Timestamp(
    `${calendar} ${clock} ${offset} ${isUtc ? 'UTC' : offset}`,
    `${calendar}T${clock}${isUtc ? 'Z' : zone}`,
  );
}
