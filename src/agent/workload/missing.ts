import { defineBehaviour } from './behaviour.ts';
import { type OccurrenceInput, occurrenceOf, occurs } from './occurrence.ts';

/** The registry does not know the image: tasks are rejected on nodes that have not pulled it before. */
export type MissingInput = OccurrenceInput;

export const missing = defineBehaviour({
  name: 'missing',
  read: (input: MissingInput) => occurrenceOf(input),
  pull(options, made, { image }, subject) {
    if (!occurs(options, subject, 'missing')) return made;
    const name = image.replace(/[:@][^/]*$/, '');
    const error = `pull access denied for ${name}, repository does not exist or may require 'docker login'`;
    return { ...made, error };
  },
});
