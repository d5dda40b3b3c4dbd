import { Priority } from '../sim/index.ts';

interface Prioritised {
  readonly priority: number;
}

/**
 * An instant has phases: what is to come after everything that is due now goes into the next one, and whatever follows
 * from an event stays in its phase, also at a later instant. Within a phase a timer comes before a commit: the news
 * of a commit takes its way through queues while a timer is seen at once.
 */
export const PHASE = 2;

/** The phase of what the present event causes. What a user or a fault starts begins a phase of its own. */
export function phaseOf({ priority }: Prioritised): number {
  return priority < Priority.late ? priority - (priority % PHASE) : Priority.normal;
}

/** Where the end of a proposal that was made now belongs. */
export function commitPriority(clock: Prioritised): number {
  return phaseOf(clock) + 1;
}
