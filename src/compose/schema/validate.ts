import { compareText } from '../../base/index.ts';
import { formatFloat } from '../../go/index.ts';
import { ComposeError } from '../problem.ts';
import type { Mapping, Node } from '../tree.ts';
import { check, type Violation } from './check.ts';
import type { Rule, TypeName } from './rule.ts';
import { fileRule, LATEST_MINOR } from './rules.ts';

/** The newest format, which a file without a version is read as. */
export const DEFAULT_VERSION = `3.${LATEST_MINOR}`;

/**
 * Checks a document against the format `version`. Of all violations docker reports one: that with the longest path.
 * (cli/compose/schema/schema.go)
 *
 * @throws ComposeError with stage `version` or `schema`.
 */
export function validate(document: Mapping, version: string): void {
  const rule = ruleFor(version);
  if (!rule) {
    const hint = `write a version from "3.0" to "${DEFAULT_VERSION}", or leave it out for the newest`;
    throw new ComposeError('version', `unsupported Compose file version: ${version}`, document.at, hint);
  }
  refuseWhatJsonLacks(document);
  const violations = check(rule, document);
  if (violations.length === 0) return;
  const index = mostSpecific(violations);
  const found = violations[index]!;
  const next = violations[index + 1];
  const hint = found.kind === 'one-of' ? next?.hint : found.hint;
  throw new ComposeError('schema', `${found.path || '(root)'} ${describe(found, next)}`, found.at, hint);
}

function ruleFor(version: string): Rule | undefined {
  const minor = /^3\.(0|[1-9][0-9]?)$/.exec(version)?.[1];
  if (minor === undefined || Number(minor) > LATEST_MINOR) return undefined;
  return fileRule(Number(minor));
}

/** Docker turns the document into JSON first, keys in order, and fails on what JSON cannot carry. */
function refuseWhatJsonLacks(node: Node): void {
  if (node.kind === 'sequence') {
    for (const item of node.items) refuseWhatJsonLacks(item);
  } else if (node.kind === 'mapping') {
    if (!node.hasTextKeys) {
      const hint = 'put quotes around keys that are numbers, dates, true, false or null';
      throw new ComposeError('schema', 'json: unsupported type: map[interface {}]interface {}', node.at, hint);
    }
    for (const entry of [...node.entries].sort((a, b) => compareText(a.key, b.key))) refuseWhatJsonLacks(entry.value);
  } else if (typeof node.value === 'number' && !Number.isFinite(node.value)) {
    throw new ComposeError('schema', `json: unsupported value: ${formatFloat(node.value)}`, node.at);
  }
}

function mostSpecific(violations: readonly Violation[]): number {
  let best = 0;
  for (const [index, violation] of violations.entries()) {
    const chosen = violations[best]!;
    const difference = depth(violation) - depth(chosen);
    if (difference > 0 || (difference === 0 && violation.kind === 'type' && chosen.kind !== 'type')) best = index;
  }
  return best;
}

function depth({ path }: Violation): number {
  return path.split('.').length;
}

function describe(violation: Violation, next: Violation | undefined): string {
  if (violation.types) return `must be a ${typeNames(violation.types)}`;
  if (violation.kind === 'one-of' && next) return next.text;
  return violation.text;
}

const NAMES: Partial<Record<TypeName, string>> = { object: 'mapping', array: 'list' };

function typeNames(types: readonly TypeName[]): string {
  const names = types.map((type) => NAMES[type] ?? type);
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
