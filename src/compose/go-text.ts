/** How Go names and prints the values of a document: docker's messages and conversions are full of it. */
import { compareText } from '../base/index.ts';
import { type Node, Timestamp } from './tree.ts';

const MAX_INT64 = 2n ** 63n - 1n;

/** `%T` of a value. */
export function goType(node: Node): string {
  if (node.kind === 'mapping') return node.hasTextKeys ? 'map[string]interface {}' : 'map[interface {}]interface {}';
  if (node.kind === 'sequence') return '[]interface {}';
  const { value } = node;
  if (value === null) return '<nil>';
  if (value instanceof Timestamp) return 'time.Time';
  switch (typeof value) {
    case 'bigint':
      return value > MAX_INT64 ? 'uint64' : 'int';
    case 'number':
      return 'float64';
    case 'boolean':
      return 'bool';
    default:
      return 'string';
  }
}

/** `%v` of a value. */
export function goText(node: Node): string {
  if (node.kind === 'mapping') {
    const entries = [...node.entries].sort((a, b) => compareText(a.key, b.key));
    return `map[${entries.map(({ key, value }) => `${key}:${goText(value)}`).join(' ')}]`;
  }
  if (node.kind === 'sequence') return `[${node.items.map(goText).join(' ')}]`;
  const { value } = node;
  if (value === null) return '<nil>';
  if (value instanceof Timestamp) return value.text;
  return typeof value === 'number' ? goFloat(value) : String(value);
}

/** `%#v` of a value. */
export function goSyntax(node: Node): string {
  if (node.kind === 'mapping') {
    const entries = [...node.entries].sort((a, b) => compareText(a.key, b.key));
    return `${goType(node)}{${entries.map(({ key, value }) => `${goQuote(key)}:${goSyntax(value)}`).join(', ')}}`;
  }
  if (node.kind === 'sequence') return `[]interface {}{${node.items.map(goSyntax).join(', ')}}`;
  if (node.value === null) return 'interface {}(nil)';
  return typeof node.value === 'string' ? goQuote(node.value) : goText(node);
}

/** Shortest decimal form of a float, with an exponent from `1e-05` down and from `1e+06` up. (strconv FormatFloat 'g') */
export function goFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  // Between these JavaScript writes plain decimals, too.
  if (exponent >= -4 && exponent < 6) return String(value);
  const size = Math.abs(exponent);
  return `${digits}e${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`;
}

/** The number whose shortest text is the shortest text of `value` as a 32-bit float: what Go's encoders print. */
export function shortestFloat32(value: number): number {
  const target = Math.fround(value);
  for (let precision = 1; precision <= 9; precision += 1) {
    const candidate = Number(target.toPrecision(precision));
    if (Math.fround(candidate) === target) return candidate;
  }
  return target;
}

/** `%q` of a text. */
export function goQuote(text: string): string {
  let out = '"';
  for (const char of text) out += ESCAPES[char] ?? (isPrintable(char) ? char : escapeRune(char.codePointAt(0)!));
  return `${out}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function isPrintable(char: string): boolean {
  return char === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char);
}

function escapeRune(code: number): string {
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}
