import { parseDuration } from '../../api/index.ts';
import { compareText } from '../../base/index.ts';
import { parsePortSpec } from '../forms/port-spec.ts';
import type { Position } from '../problem.ts';
import { isNull, type Mapping, type Node, type Scalar, type ScalarValue, type Sequence, Timestamp } from '../tree.ts';
import type { Rule, TypeName } from './rule.ts';
import { hintFor } from './unknown-key.ts';

/** What is wrong with one value. */
export interface Violation {
  /** Dotted, `(root)` for the whole file. */
  readonly path: string;
  readonly at: Position;
  readonly kind: 'type' | 'one-of' | 'other';
  /** In the validator's words; `types` replaces it where a type was expected. */
  readonly text: string;
  readonly types?: readonly TypeName[];
  /** What to do about it, which the validator does not say. */
  readonly hint?: string;
}

interface Result {
  readonly violations: Violation[];
  /** How well the value fits: decides which alternative of several the user probably meant. */
  score: number;
}

/**
 * Everything that a document does against a rule, in document order. Order and score follow docker's validator, because
 * the one violation that is shown is chosen by them. (github.com/xeipuuv/gojsonschema validation.go)
 */
export function check(rule: Rule, document: Node): readonly Violation[] {
  const result: Result = { violations: [], score: 0 };
  checkNode(rule, document, '', document.at, result);
  return result.violations;
}

const FORMAT_HINTS: Readonly<Record<NonNullable<Rule['format']>, string>> = {
  ports: 'write 80, 8080:80 or 8080:80/udp, with ports from 1 to 65535',
  duration: 'write a number and a unit (ns, us, ms, s, m, h): 90s, 1m30s, 24h',
};

function checkNode(rule: Rule, node: Node, path: string, at: Position, result: Result): void {
  if (rule.types && !hasType(rule.types, node)) {
    add(result, { path, at, kind: 'type', text: '', types: rule.types });
    return;
  }
  checkAlternatives(rule, node, path, at, result);
  result.score += 1;
  if (node.kind === 'sequence') checkSequence(rule, node, path, at, result);
  else if (node.kind === 'mapping') checkMapping(rule, node, path, at, result);
  else checkScalar(rule, node, path, at, result);
  result.score += 1;
  if (node.kind === 'mapping') {
    for (const { key, value } of node.entries) {
      const property = propertyOf(rule, key);
      if (property) checkNode(property, value, join(path, key), value.at, result);
    }
  }
  result.score += 1;
}

function checkAlternatives(rule: Rule, node: Node, path: string, at: Position, result: Result): void {
  if (!rule.oneOf) return;
  let matches = 0;
  let best: Result | undefined;
  for (const alternative of rule.oneOf) {
    const attempt: Result = { violations: [], score: 0 };
    checkNode(alternative, node, path, at, attempt);
    if (attempt.violations.length === 0) matches += 1;
    else if (matches === 0 && (best === undefined || attempt.score > best.score)) best = attempt;
  }
  if (matches === 1) return;
  add(result, { path, at, kind: 'one-of', text: 'Must validate one and only one schema (oneOf)' });
  if (matches === 0 && best) absorb(result, best);
}

function checkSequence(rule: Rule, node: Sequence, path: string, at: Position, result: Result): void {
  if (rule.items) {
    for (const [index, item] of node.items.entries()) {
      const attempt: Result = { violations: [], score: 0 };
      checkNode(rule.items, item, join(path, String(index)), item.at, attempt);
      absorb(result, attempt);
    }
  }
  if (rule.unique) {
    const seen = new Map<string, number>();
    for (const [index, item] of node.items.entries()) {
      const text = canonical(item);
      const earlier = seen.get(text);
      if (earlier !== undefined) {
        const message = `array items[${earlier},${index}] must be unique`;
        add(result, { path, at: item.at ?? at, kind: 'other', text: message });
      }
      seen.set(text, index);
    }
  }
  result.score += 1;
}

function checkMapping(rule: Rule, node: Mapping, path: string, at: Position, result: Result): void {
  for (const name of rule.required ?? []) {
    if (node.entries.some(({ key }) => key === name)) result.score += 1;
    else add(result, { path, at, kind: 'other', text: `${name} is required` });
  }
  for (const { key, keyAt, value } of node.entries) {
    let matched = false;
    for (const [pattern, patternRule] of rule.patterns ?? []) {
      if (!pattern.test(key)) continue;
      matched = true;
      const attempt: Result = { violations: [], score: 0 };
      checkNode(patternRule, value, join(path, key), value.at, attempt);
      absorb(result, attempt);
    }
    if (matched) result.score += 1;
    else if (rule.closed && !propertyOf(rule, key)) {
      const text = `Additional property ${key} is not allowed`;
      add(result, { path, at: keyAt, kind: 'other', text, hint: hintFor(key, Object.keys(rule.properties ?? {})) });
    }
  }
  result.score += 1;
}

function checkScalar(rule: Rule, node: Scalar, path: string, at: Position, result: Result): void {
  const { value } = node;
  const isNumber = typeof value === 'bigint' || typeof value === 'number';
  if (isNumber && rule.minimum !== undefined && value < rule.minimum) {
    add(result, { path, at, kind: 'other', text: `Must be greater than or equal to ${rule.minimum}` });
  }
  if (rule.choices && !rule.choices.includes(String(value))) {
    const allowed = rule.choices.map((choice) => `"${choice}"`).join(', ');
    add(result, { path, at, kind: 'other', text: `${path} must be one of the following: ${allowed}` });
  }
  if (rule.format && !hasFormat(rule.format, node)) {
    const text = `Does not match format '${rule.format}'`;
    add(result, { path, at, kind: 'other', text, hint: FORMAT_HINTS[rule.format] });
  }
  // Numbers and strings go through one more step than truth values and null.
  if (isNumber || typeof value === 'string' || value instanceof Timestamp) result.score += 1;
}

function hasType(types: readonly TypeName[], node: Node): boolean {
  if (node.kind === 'mapping') return types.includes('object');
  if (node.kind === 'sequence') return types.includes('array');
  if (isNull(node)) return types.includes('null');
  switch (typeof node.value) {
    case 'boolean':
      return types.includes('boolean');
    case 'bigint':
      return types.includes('number') || types.includes('integer');
    case 'number':
      return types.includes('number') || (types.includes('integer') && Number.isInteger(node.value));
    default:
      return types.includes('string');
  }
}

function hasFormat(format: NonNullable<Rule['format']>, node: Scalar): boolean {
  if (format === 'ports') return parsePortSpec(portText(node.value)) !== undefined;
  try {
    parseDuration(textOf(node.value));
    return true;
  } catch {
    return false;
  }
}

/** A port with a fraction is judged by the numerator of that fraction in lowest terms: `1.5` as `3`. */
function portText(value: ScalarValue): string {
  if (typeof value !== 'number' || Number.isInteger(value)) return textOf(value);
  const [whole = '', fraction = ''] = value.toFixed(20).replace(/0+$/, '').split('.');
  const numerator = BigInt(whole + fraction);
  return String(numerator / gcd(numerator < 0n ? -numerator : numerator, 10n ** BigInt(fraction.length)));
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

function textOf(value: ScalarValue): string {
  return value instanceof Timestamp ? value.rfc3339 : String(value);
}

/** JSON with sorted keys, in which 1 and 1.0 are the same. */
function canonical(node: Node): string {
  if (node.kind === 'sequence') return `[${node.items.map(canonical).join(',')}]`;
  if (node.kind === 'mapping') {
    const entries = [...node.entries].sort((a, b) => compareText(a.key, b.key));
    return `{${entries.map(({ key, value }) => `${JSON.stringify(key)}:${canonical(value)}`).join(',')}}`;
  }
  const { value } = node;
  if (typeof value === 'bigint') return String(Number(value));
  return JSON.stringify(value instanceof Timestamp ? value.rfc3339 : value);
}

function propertyOf(rule: Rule, key: string): Rule | undefined {
  return rule.properties && Object.hasOwn(rule.properties, key) ? rule.properties[key] : undefined;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function add(result: Result, violation: Violation): void {
  result.violations.push(violation);
  result.score -= 2;
}

function absorb(result: Result, other: Result): void {
  result.violations.push(...other.violations);
  result.score += other.score;
}
