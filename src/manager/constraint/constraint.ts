/**
 * Placement constraints: the whole expression language of `docker service create --constraint`
 * (swarmkit manager/constraint/constraint.go).
 */

import type { Node } from '../../api/index.ts';
import { ApiError } from '../../base/index.ts';
import { contains, equalAddresses, parseAddress, parseNetwork } from './address.ts';
import { labelOf } from './labels.ts';

export interface Constraint {
  readonly key: string;
  readonly operator: '==' | '!=';
  readonly value: string;
}

/**
 * Parses the expressions of a placement, in order.
 * @throws ApiError InvalidArgument in swarmkit's words, for the first bad expression.
 */
export function parseConstraints(expressions: readonly string[]): readonly Constraint[] {
  return expressions.map(parseConstraint);
}

/** Whether the node satisfies all of the constraints. */
export function nodeMatches(constraints: readonly Constraint[], node: Node): boolean {
  return constraints.every((constraint) => matches(constraint, node));
}

/** In the order in which they are looked for: `a != b==c` is split at `==`. */
const OPERATORS = ['==', '!='] as const;

// Go folds these classes by simple Unicode folding, which adds the long s (U+017F) and the Kelvin sign (U+212A).
// Its `\s` leaves out the vertical tab, and its `$` is the end of the text.
const KEY = /^[A-Za-z_\u017f\u212a][A-Za-z0-9\-_.\u017f\u212a]+$/;
const VALUE = /^[A-Za-z0-9:\-_\t\n\f\r .*()?+[\]\\^$|/\u017f\u212a]+$/;

function parseConstraint(expression: string): Constraint {
  const operator = OPERATORS.find((candidate) => expression.includes(candidate));
  if (!operator) throw refusal(`constraint expected one operator from ${OPERATORS.join(', ')}`);
  const at = expression.indexOf(operator);
  const key = trim(expression.slice(0, at));
  if (!KEY.test(key)) throw refusal(`key '${key}' is invalid`);
  const value = trim(expression.slice(at + operator.length));
  if (!VALUE.test(value)) throw refusal(`value '${value}' is invalid`);
  return { key, operator, value };
}

function refusal(text: string): ApiError {
  return new ApiError('InvalidArgument', text);
}

function matches(constraint: Constraint, node: Node): boolean {
  switch (fold(constraint.key)) {
    case 'node.id':
      return compares(constraint, node.id);
    case 'node.hostname':
      return compares(constraint, node.description?.hostname ?? '');
    case 'node.role':
      return compares(constraint, node.role);
    case 'node.platform.os':
      return compares(constraint, node.description?.platform?.os ?? '');
    case 'node.platform.arch':
      return compares(constraint, node.description?.platform?.architecture ?? '');
    case 'node.ip':
      return comparesAddress(constraint, node.status.addr);
    default: {
      const label = labelOf(node, constraint.key);
      return label !== undefined && compares(constraint, label);
    }
  }
}

function compares({ operator, value }: Constraint, actual: string): boolean {
  return (fold(value) === fold(actual)) === (operator === '==');
}

/** A value that is neither an address nor a network never matches, not even with `!=`. */
function comparesAddress({ operator, value }: Constraint, addr: string): boolean {
  const actual = parseAddress(addr);
  const wanted = parseAddress(value);
  if (wanted) return equalAddresses(wanted, actual) === (operator === '==');
  const network = parseNetwork(value);
  return network !== undefined && contains(network, actual) === (operator === '==');
}

/**
 * Simple case folding as far as it can tell two texts apart here: one side of every comparison is a key or a value of
 * the classes above, so folding other letters could not make a pair equal.
 */
function fold(text: string): string {
  return text.replace(/[A-Z\u017f\u212a]/g, (letter) =>
    letter === '\u017f' ? 's' : letter === '\u212a' ? 'k' : letter.toLowerCase(),
  );
}

/** Go's white space: unlike JavaScript's it has U+0085 and lacks U+FEFF. */
function trim(text: string): string {
  return text.replace(EDGE_SPACE, '');
}

const SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const EDGE_SPACE = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g');
