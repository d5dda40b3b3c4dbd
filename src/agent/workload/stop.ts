/** What a process does about the stop signal. */
import { defineBehaviour, draw } from './behaviour.ts';
import { distributionOf, type UncertainDuration } from './duration.ts';
import { type OccurrenceInput, occurrenceOf, occurs } from './occurrence.ts';

/** How long the process takes to end; `exitCode` is 143 by default, as of one that does not handle SIGTERM. */
export type StopInput = UncertainDuration | { readonly takes: UncertainDuration; readonly exitCode?: number };

/** Only SIGKILL ends it, after the grace period. */
export type IgnoresStopSignalInput = OccurrenceInput;

export const stop = defineBehaviour({
  name: 'stop',
  read: (input: StopInput) => {
    const { takes, exitCode } =
      typeof input === 'object' && 'takes' in input ? input : { takes: input, exitCode: undefined };
    return { takes: distributionOf(takes), exitCode: exitCode ?? 143 };
  },
  run({ takes, exitCode }, made, subject) {
    return { ...made, onStopSignal: { after: draw(takes, subject, 'stop'), exitCode } };
  },
});

export const ignoresStopSignal = defineBehaviour({
  name: 'ignoresStopSignal',
  read: (input: IgnoresStopSignalInput) => occurrenceOf(input),
  run(occurrence, made, subject) {
    return occurs(occurrence, subject, 'ignoresStopSignal') ? { ...made, onStopSignal: 'ignores' } : made;
  },
});
