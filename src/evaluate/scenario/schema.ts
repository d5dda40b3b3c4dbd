import { type JsonSchema, mappingSchema } from './key.ts';
import { SCENARIO_KEYS } from './read.ts';

/**
 * The JSON schema of scenario files: it fits what the reader accepts. Beyond it the reader refuses what only makes sense together:
 * ranges that are backwards, names that are there twice, clusters without a manager, numbers that are too large to be played.
 */
export function scenarioSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A scenario of dryswarm',
    ...mappingSchema(SCENARIO_KEYS),
    dependencies: { from: ['to'], to: ['from'], stack: ['from', 'to'] },
  };
}
