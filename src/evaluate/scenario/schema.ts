import { type JsonSchema, mappingSchema } from './key.ts';
import { SCENARIO_KEYS } from './read.ts';

/** The JSON schema of scenario files. An editor checks shapes with it; the reader is stricter about what is in them. */
export function scenarioSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A scenario of dryswarm',
    ...mappingSchema(SCENARIO_KEYS),
  };
}
