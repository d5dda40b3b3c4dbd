/** What a node cannot do with an image: load it, or make a container of it. */
import { defineBehaviour, draw } from './behaviour.ts';
import { distributionOf, type UncertainDuration } from './duration.ts';
import { type Occurrence, occurrenceOf, occurs } from './occurrence.ts';

/** Pulls fail with this error. A node that has the image in its cache goes on with that. */
export interface PullFailsInput extends Occurrence {
  readonly error: string;
  /** How long it takes to fail. Default: as long as a pull that succeeds. */
  readonly takes?: UncertainDuration;
}

/** Containers cannot be created: their tasks are rejected, whether the image was there or not. */
export interface CreateFailsInput extends Occurrence {
  readonly error: string;
}

export const pullFails = defineBehaviour({
  name: 'pullFails',
  read: (input: PullFailsInput) => ({
    occurrence: occurrenceOf(input),
    error: input.error,
    takes: input.takes === undefined ? undefined : distributionOf(input.takes),
  }),
  pull({ occurrence, error, takes }, made, _, subject) {
    if (!occurs(occurrence, subject, 'pullFails')) return made;
    return { duration: takes === undefined ? made.duration : draw(takes, subject, 'pullFails'), error };
  },
});

export const createFails = defineBehaviour({
  name: 'createFails',
  read: (input: CreateFailsInput) => ({ occurrence: occurrenceOf(input), error: input.error }),
  create({ occurrence, error }, made, subject) {
    return occurs(occurrence, subject, 'createFails') ? { ...made, error } : made;
  },
});
