/** Containers that end by themselves. */

import type { Ending, Run } from '../engine/workload.ts';
import { defineBehaviour, draw, type Subject } from './behaviour.ts';
import { distributionOf, type UncertainDuration } from './duration.ts';
import { type Occurrence, occurrenceOf, occurs } from './occurrence.ts';

export interface FailsInput extends Occurrence {
  /** Since the process runs. */
  readonly after: UncertainDuration;
  /** Default 1. */
  readonly exitCode?: number;
}

export type CompletesInput = UncertainDuration | (Occurrence & { readonly after: UncertainDuration });

/** The process fails some time after its start. */
export const fails = defineBehaviour({
  name: 'fails',
  read: (input: FailsInput) => ({
    occurrence: occurrenceOf(input),
    after: distributionOf(input.after),
    exitCode: input.exitCode ?? 1,
  }),
  run({ occurrence, after, exitCode }, made, subject) {
    if (!occurs(occurrence, subject, 'fails')) return made;
    return withEnding(made, { after: draw(after, subject, 'fails'), exitCode });
  },
});

/** The process has done its work some time after its start, and ends with 0. */
export const completes = defineBehaviour({
  name: 'completes',
  read: (input: CompletesInput) => {
    const given = typeof input === 'object' && 'after' in input ? input : { after: input };
    return { occurrence: occurrenceOf(given), after: distributionOf(given.after) };
  },
  run({ occurrence, after }, made, subject: Subject) {
    if (!occurs(occurrence, subject, 'completes')) return made;
    return withEnding(made, { after: draw(after, subject, 'completes'), exitCode: 0 });
  },
});

/** Of several endings the first comes true. */
function withEnding(run: Run, ending: Ending): Run {
  return run.ends !== undefined && run.ends.after <= ending.after ? run : { ...run, ends: ending };
}
