import { defineBehaviour, draw } from './behaviour.ts';
import { distributionOf, type UncertainDuration } from './duration.ts';
import { type Occurrence, occurrenceOf, occurs } from './occurrence.ts';

/** How long it takes until the process runs, and whether it can be started at all. */
export type StartInput = UncertainDuration | { readonly takes?: UncertainDuration; readonly fails?: StartFailure };

export interface StartFailure extends Occurrence {
  /** The runtime's text; by default that of a command that is not there. */
  readonly error?: string;
  /** Default 127. */
  readonly exitCode?: number;
}

const NO_COMMAND = 'failed to create task for container: exec: "app": executable file not found in $PATH';

export const start = defineBehaviour({
  name: 'start',
  read: (input: StartInput) => {
    const given = typeof input === 'object' && !('kind' in input) ? input : { takes: input };
    const takes = distributionOf(given.takes ?? 0);
    if (!('fails' in given) || given.fails === undefined) return { takes, failure: undefined };
    const { error = NO_COMMAND, exitCode = 127 } = given.fails;
    return { takes, failure: { occurrence: occurrenceOf(given.fails), error: { text: error, exitCode } } };
  },
  run({ takes, failure }, made, subject) {
    const boot = draw(takes, subject, 'start');
    const isFailing = failure !== undefined && occurs(failure.occurrence, subject, 'start');
    return isFailing ? { ...made, boot, startError: failure.error } : { ...made, boot };
  },
});
