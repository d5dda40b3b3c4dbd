/** How Go names and prints the values of a document: docker's messages and conversions are full of it. */
import { compareText } from '../base/index.ts';
import { formatFloat, quote } from '../go/index.ts';
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
  return typeof value === 'number' ? formatFloat(value) : String(value);
}

/** `%#v` of a value. */
export function goSyntax(node: Node): string {
  if (node.kind === 'mapping') {
    const entries = [...node.entries].sort((a, b) => compareText(a.key, b.key));
    return `${goType(node)}{${entries.map(({ key, value }) => `${quote(key)}:${goSyntax(value)}`).join(', ')}}`;
  }
  if (node.kind === 'sequence') return `[]interface {}{${node.items.map(goSyntax).join(', ')}}`;
  if (node.value === null) return 'interface {}(nil)';
  return typeof node.value === 'string' ? quote(node.value) : goText(node);
}
