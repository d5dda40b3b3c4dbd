import { type Constraint, nodeMatches, parseConstraints } from '../../constraint/index.ts';
import { countNodes, type Filter } from './filter.ts';

/** The node satisfies every placement constraint (ConstraintFilter). */
export const constraints: Filter<readonly string[]> = {
  name: 'constraints',
  looksAtBookings: false,
  inputOf({ spec }) {
    const expressions = spec.placement?.constraints ?? [];
    return expressions.length > 0 ? expressions : undefined;
  },
  check(expressions) {
    const wanted = parseOrIgnore(expressions);
    return ({ node }) => nodeMatches(wanted, node);
  },
  explain: (nodes) => `scheduling constraints not satisfied on ${countNodes(nodes)}`,
  refusal(expressions, { node }) {
    const unmet = parseOrIgnore(expressions).filter((constraint) => !nodeMatches([constraint], node));
    return `it does not satisfy ${unmet.map(({ key, operator, value }) => `${key} ${operator} ${value}`).join(', ')}`;
  },
};

/** A list that does not parse was let through by an older control API: it then constrains nothing. */
function parseOrIgnore(expressions: readonly string[]): readonly Constraint[] {
  try {
    return parseConstraints(expressions);
  } catch {
    return [];
  }
}
