import type { Node, TaskSpec } from '../../api/index.ts';
import { ApiError } from '../../base/index.ts';
import { type Constraint, nodeMatches, parseConstraints } from '../constraint/index.ts';

/** Whether a node satisfies a task specification's placement constraints. */
export function satisfiesConstraints(spec: TaskSpec, node: Node): boolean {
  const expressions = spec.placement?.constraints;
  return !expressions || expressions.length === 0 || nodeMatches(parsed(expressions), node);
}

/** The control API refuses bad expressions; should one be stored all the same, swarmkit goes on without any. */
function parsed(expressions: readonly string[]): readonly Constraint[] {
  try {
    return parseConstraints(expressions);
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}
