/** Whether a finding is still there in other files: its own rule is asked, which is much quicker than a whole check. */
import type { Stack } from '../../src/compose/index.ts';
import { subjectsOf } from '../../src/evaluate/check/subjects.ts';
import { composeTraps, SERVICE_FINDINGS, STACK_RULES } from '../../src/evaluate/findings/index.ts';
import type { Finding } from '../../src/evaluate/index.ts';

/** The message with which the finding is made again; undefined where it is gone, or has nothing to complain of any more. */
export function askAgain({ code, service }: Finding, stack: Stack): string | undefined {
  const subjects = subjectsOf(stack, {});
  const rule = SERVICE_FINDINGS.find((known) => known.code === code);
  if (rule) {
    const found = rule.find(subjects.find(({ name }) => name === service)!);
    return found && found.severity !== 'fine' ? found.message : undefined;
  }
  // Rules about the stack as a whole have no fix that could be applied.
  if (STACK_RULES.some((known) => known.code === code)) throw new Error(`nobody can ask ${code} again`);
  const { version, diagnostics } = stack.config;
  const traps = composeTraps(diagnostics, { services: subjects.map(({ name }) => name), version });
  return traps.find((trap) => trap.code === code && trap.service === service)?.message;
}
