/** Constraint expressions: what they parse to, with the exact refusals, and which nodes they match. */
import { ApiError } from '../../../src/base/index.ts';
import { nodeMatches, parseConstraints } from '../../../src/manager/constraint/index.ts';
import { type NodeDescription, nodeFrom } from '../../support/scheduler-objects.ts';
import { vectorsOf } from '../../support/scheduler-vectors.ts';
import { type Family, failed, firstDifference, passed, type Verdict } from '../family.ts';

interface ParseVector {
  readonly id: string;
  readonly input: readonly string[] | null;
  readonly ok: boolean;
  readonly error?: string;
  readonly parsed?: readonly { readonly key: string; readonly op: string; readonly value: string }[];
}

interface MatchVector {
  readonly id: string;
  readonly constraints: readonly string[] | null;
  readonly node: NodeDescription;
  readonly match: boolean;
}

export const constraintsParse: Family = {
  name: 'scheduler: parsing constraints',
  recognises: (content) => vectorsOf(content).every((vector) => 'input' in vector && 'ok' in vector),
  cases: (content) =>
    (vectorsOf(content) as unknown as ParseVector[]).map((vector) => ({ id: vector.id, run: () => parse(vector) })),
};

export const constraintsMatch: Family = {
  name: 'scheduler: matching constraints',
  recognises: (content) => vectorsOf(content).every((vector) => 'constraints' in vector && 'match' in vector),
  cases: (content) =>
    (vectorsOf(content) as unknown as MatchVector[]).map((vector) => ({ id: vector.id, run: () => match(vector) })),
};

function parse({ input, ok, error, parsed }: ParseVector): Verdict {
  return verdict({ ok, error, parsed: parsed ?? undefined }, parsing(input ?? []));
}

function parsing(input: readonly string[]): unknown {
  try {
    const parsed = parseConstraints(input).map(({ key, operator, value }) => ({ key, op: operator, value }));
    return { ok: true, parsed: parsed.length > 0 ? parsed : undefined };
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 'InvalidArgument') return { ok: false, error: thrown.message };
    throw thrown;
  }
}

function match({ constraints, node, match: expected }: MatchVector): Verdict {
  const stored = { ...nodeFrom(node), version: 1, createdAt: 0, updatedAt: 0 };
  return verdict({ match: expected }, { match: nodeMatches(parseConstraints(constraints ?? []), stored) });
}

function verdict(expected: unknown, got: unknown): Verdict {
  const difference = firstDifference(expected, got);
  return difference ? failed(difference) : passed;
}
