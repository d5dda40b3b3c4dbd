/** How a scenario says what an image does. */
import { BEHAVIOURS, distributionOf, type ImageDefinition, occurrenceOf } from '../../swarm/index.ts';
import {
  count,
  duration,
  type Form,
  key,
  listOf,
  mapping,
  mappingOr,
  mappingSchema,
  readKeys,
  requiredKey,
  text,
  yes,
} from './key.ts';
import type { Place } from './source.ts';

export const uncertain: Form<string> = {
  form: 'duration, such as `8s`, `8s ± 2s` or `5s..10s`',
  schema: { type: 'string' },
  read(place) {
    const { value } = place;
    if (typeof value !== 'string')
      return place.refuse(`${place.name} must be a duration`, "write 8s, '8s ± 2s' or 5s..10s");
    place.check(() => distributionOf(value));
    return value;
  },
};

export const share: Form<number | string> = {
  form: 'number from 0 to 1, or `30%`',
  schema: { anyOf: [{ type: 'number', minimum: 0, maximum: 1 }, { type: 'string' }] },
  read(place) {
    const value = typeof place.value === 'number' ? place.value : place.text();
    place.check(() => occurrenceOf({ share: value }));
    return value;
  },
};

/** One, or the first and the last. */
const range: Form<number | readonly [number, number?]> = {
  form: 'number, or `[first, last]`',
  schema: { anyOf: [count.schema, { type: 'array', items: count.schema, minItems: 1, maxItems: 2 }] },
  read(place) {
    if (!Array.isArray(place.value)) return place.count();
    const [first, last, ...more] = place.list().map((item) => item.count());
    if (first === undefined || more.length > 0) return place.refuse(`${place.name} must be [first, last]`);
    return last === undefined ? [first] : [first, last];
  },
};

/** Which containers something happens to. */
export const WHICH = {
  share: key(share, 'this part of the containers, by chance'),
  attempts: key(range, 'tasks of a slot with this image, counted from 1'),
  nth: key(range, 'tasks of the service with this image, counted from 1'),
  slots: key(listOf(count), 'these slots'),
  nodes: key(listOf(text), 'these nodes'),
};

const sometimes = mappingOr(mapping(WHICH), yes);

const IMAGE_KEYS = {
  pull: key(
    mappingOr(
      mapping({ takes: requiredKey(uncertain, 'the first time on a node'), again: key(uncertain, 'from then on') }),
      uncertain,
    ),
    'how long its first pull on a node takes. Default 0',
  ),
  missing: key(sometimes, 'the registry does not know it'),
  pullFails: key(
    mapping({
      ...WHICH,
      error: requiredKey(text, 'what the daemon reports'),
      takes: key(uncertain, 'until it fails. Default: as long as a pull that succeeds'),
    }),
    'pulls fail; a node that has it in its cache goes on with that',
  ),
  createFails: key(
    mapping({ ...WHICH, error: requiredKey(text, 'what the daemon reports') }),
    'no container can be made of it: its tasks are rejected',
  ),
  start: key(
    mappingOr(
      mapping({
        takes: key(uncertain, 'until the process runs'),
        fails: key(
          mapping({
            ...WHICH,
            error: key(text, "the runtime's text"),
            exitCode: key(count, 'Default 127'),
          }),
          'it cannot be started',
        ),
      }),
      uncertain,
    ),
    'how long it takes until the process runs. Default 0',
  ),
  completes: key(
    mappingOr(mapping({ ...WHICH, after: requiredKey(uncertain, 'since the process runs') }), uncertain),
    'the process ends well so long after its start',
  ),
  fails: key(
    mapping({
      ...WHICH,
      after: requiredKey(uncertain, 'since the process runs'),
      exitCode: key(count, 'Default 1'),
    }),
    'the process fails',
  ),
  probe: key(uncertain, 'how long a health probe takes. Default 0'),
  healthy: key(
    mappingOr(mapping({ after: requiredKey(uncertain, 'since the process runs') }), uncertain),
    'probes fail until so long after the start',
  ),
  neverHealthy: key(sometimes, 'every probe fails'),
  unhealthy: key(
    mapping({
      ...WHICH,
      after: requiredKey(uncertain, 'since the process runs'),
      lasts: key(uncertain, 'after which it is healthy again. Default: it is not'),
    }),
    'probes fail from then on',
  ),
  stop: key(
    mappingOr(
      mapping({
        takes: requiredKey(uncertain, 'from the signal to the end'),
        exitCode: key(count, 'Default 143'),
      }),
      uncertain,
    ),
    'how long it takes to end when told to. Default 0',
  ),
  ignoresStopSignal: key(sometimes, 'only the end of the grace period ends it'),
  healthcheck: key(
    mapping({
      test: key(listOf(text), 'Default `[CMD, check]`'),
      interval: key(duration, 'Default 30s'),
      timeout: key(duration, 'Default 30s'),
      retries: key(count, 'Default 3'),
      startPeriod: key(duration, 'Default 0'),
      startInterval: key(duration, 'Default 5s'),
    }),
    'the check that is built into the image, for services without one',
  ),
  stopSignal: key(text, 'the signal that is built into the image. Default SIGTERM'),
} satisfies Record<keyof ImageDefinition, unknown>;

/** Each behaviour is tried once here, so that a mistake is found with its place and not in the middle of a run. */
export const image: Form<ImageDefinition> = {
  form: 'mapping',
  keys: IMAGE_KEYS,
  schema: mappingSchema(IMAGE_KEYS),
  read(place: Place) {
    const definition = readKeys(place, IMAGE_KEYS);
    for (const [name, part] of place.mapping()) {
      const behaviour = BEHAVIOURS.find((candidate) => candidate.name === name);
      part.check(() => behaviour?.read(definition[name as keyof typeof definition]));
    }
    return definition;
  },
};
