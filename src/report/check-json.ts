/** What a check has found, for programs: `schema/findings.schema.json` describes it. */
import type { CheckResult } from '../evaluate/index.ts';

/** Rises with every change that could break a reader. */
export const FINDINGS_SCHEMA = 1;

export function checkJson({ problems, warnings, rollouts, services }: CheckResult): unknown {
  return { schema: FINDINGS_SCHEMA, problems, warnings, rollouts, services };
}
