/** How a scenario says what an image does. */
import { BEHAVIOURS, type ImageDefinition, occurrenceOf } from '../../swarm/index.ts';
import { count, duration, named, patterned, period, text, uncertain, wholeFrom, word, yes } from './forms.ts';
import { type Form, key, mapping, mappingOr, mappingSchema, oneOrMore, readKeys, requiredKey, someOf } from './key.ts';
import type { Place } from './source.ts';

const SHARE = /^(0?\.\d+|0(\.\d*)?|1(\.0*)?|(\d{1,2}(\.\d*)?|\.\d+|100(\.0*)?)\s*%)$/;
const part = patterned('`30%`', SHARE, (share) => occurrenceOf({ share }));

export const share: Form<number | string> = {
  form: 'number from 0 to 1, or `30%`',
  schema: { anyOf: [{ type: 'number', minimum: 0, maximum: 1 }, part.schema] },
  read(place) {
    const { value } = place;
    if (typeof value !== 'number') return part.read(place);
    place.check(() => occurrenceOf({ share: value }));
    return value;
  },
};

const ordinal = wholeFrom(1);
const exitCode = wholeFrom(0, 255);

/** One, or the first and the last. */
const range: Form<number | readonly [number, number?]> = {
  form: 'number, or `[first, last]`',
  schema: { anyOf: [ordinal.schema, { type: 'array', items: ordinal.schema, minItems: 1, maxItems: 2 }] },
  read(place) {
    if (!Array.isArray(place.value)) return ordinal.read(place);
    const [first, last, ...more] = place.list().map((item) => ordinal.read(item));
    if (first === undefined || more.length > 0) return place.refuse(`${place.name} must be [first, last]`);
    if (last === undefined) return [first];
    return last >= first ? [first, last] : place.refuse(`${place.name} is backwards`, `write [${last}, ${first}]`);
  },
};

/** Which containers something happens to. */
export const WHICH = {
  share: key(share, 'this part of the containers, by chance'),
  attempts: key(range, 'tasks of a slot with this image, counted from 1'),
  nth: key(range, 'tasks of the service with this image, counted from 1'),
  slots: key(someOf(count), 'these slots'),
  nodes: key(someOf(named), 'these nodes'),
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
            exitCode: key(exitCode, 'Default 127'),
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
      exitCode: key(exitCode, 'Default 1'),
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
  log: key(
    oneOrMore(
      mappingOr(
        mapping({
          line: requiredKey(text, 'what it says'),
          after: key(uncertain, 'since the process runs. Default 0, or `every`'),
          every: key(period, 'it is printed again and again'),
          stream: key(word(['stdout', 'stderr']), 'Default `stdout`'),
        }),
        text,
      ),
    ),
    'what the process prints, for `docker service logs`',
  ),
  stop: key(
    mappingOr(
      mapping({
        takes: requiredKey(uncertain, 'from the signal to the end'),
        exitCode: key(exitCode, 'Default 143'),
      }),
      uncertain,
    ),
    'how long it takes to end when told to. Default 0',
  ),
  ignoresStopSignal: key(sometimes, 'only the end of the grace period ends it'),
  healthcheck: key(
    mapping({
      test: key(someOf(text), 'Default `[CMD, check]`'),
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
