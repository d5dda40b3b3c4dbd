import { formatFloat } from '../../go/index.ts';
import { Timestamp } from '../tree.ts';
import { needsQuotes, scalarTraits, writeDoubleQuoted, writeLiteral } from './quote.ts';

/** What can be written: a map keeps the order of its keys. */
export type YamlValue =
  | null
  | boolean
  | string
  | number
  | bigint
  | Timestamp
  | readonly YamlValue[]
  | ReadonlyMap<string, YamlValue>;

const INDENT = 2;

/**
 * Writes a value as Go's YAML does with an indentation of 2: lists are indented below their key, nothing is folded.
 * (go.yaml.in/yaml/v3 encode.go, emitterc.go)
 */
export function writeYaml(value: YamlValue): string {
  const isBlock = isCollection(value) && !isEmptyCollection(value);
  return `${isBlock ? writeBlock(value, 0) : writeInline(value, 0, false).trimStart()}\n`;
}

function isCollection(value: YamlValue): value is readonly YamlValue[] | ReadonlyMap<string, YamlValue> {
  return Array.isArray(value) || value instanceof Map;
}

function isEmptyCollection(value: readonly YamlValue[] | ReadonlyMap<string, YamlValue>): boolean {
  return value instanceof Map ? value.size === 0 : (value as readonly YamlValue[]).length === 0;
}

/** The lines of a collection, of which the first is not indented: it may follow a dash. */
function writeBlock(value: readonly YamlValue[] | ReadonlyMap<string, YamlValue>, indent: number): string {
  const margin = `\n${' '.repeat(indent)}`;
  if (!(value instanceof Map)) {
    return (value as readonly YamlValue[])
      .map((item) => (isBlock(item) ? `- ${writeBlock(item, indent + 2)}` : `-${writeInline(item, indent, false)}`))
      .join(margin);
  }
  return [...value].map(([key, item]) => writeKey(key, indent, margin) + writeValue(item, indent)).join(margin);
}

function isBlock(value: YamlValue): value is readonly YamlValue[] | ReadonlyMap<string, YamlValue> {
  return isCollection(value) && !isEmptyCollection(value);
}

/** A long key or one with several lines is marked by a question mark. */
function writeKey(key: string, indent: number, margin: string): string {
  const traits = scalarTraits(key);
  const isSimple = !traits.hasLineBreaks && new TextEncoder().encode(key).length <= 128;
  if (isSimple) return `${writeText(key, indent, true).trimStart()}:`;
  return `?${writeText(key, indent, false)}${margin}:`;
}

function writeValue(value: YamlValue, indent: number): string {
  if (!isBlock(value)) return writeInline(value, indent, false);
  const inner = indent + INDENT;
  return `\n${' '.repeat(inner)}${writeBlock(value, inner)}`;
}

/** A scalar or an empty collection, with the space before it. */
function writeInline(value: YamlValue, indent: number, isKey: boolean): string {
  if (value instanceof Map) return ' {}';
  if (Array.isArray(value)) return ' []';
  if (value === null) return ' null';
  if (value instanceof Timestamp) return ` ${value.rfc3339}`;
  if (typeof value === 'number') return ` ${writeNumber(value)}`;
  return typeof value === 'string' ? writeText(value, indent, isKey) : ` ${String(value)}`;
}

function writeNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const text = formatFloat(value);
  const specials: Partial<Record<string, string>> = { '+Inf': '.inf', '-Inf': '-.inf', NaN: '.nan' };
  return specials[text] ?? text;
}

function writeText(text: string, indent: number, isKey: boolean): string {
  const traits = scalarTraits(text);
  if (text.includes('\n') && !isKey && traits.blockAllowed) return ` |${writeLiteral(text, indent + INDENT, INDENT)}`;
  if (text.includes('\n') || needsQuotes(text)) return ` ${writeDoubleQuoted(text)}`;
  if (traits.plainAllowed) return ` ${text}`;
  return traits.singleQuotesAllowed ? ` '${text.replaceAll("'", "''")}'` : ` ${writeDoubleQuoted(text)}`;
}
