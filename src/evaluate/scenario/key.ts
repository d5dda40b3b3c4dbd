/**
 * What may stand in a scenario file, as data: each key says how its value is read and what it means. The reader and the
 * table of the documentation are both made from it.
 */
import type { Place } from './source.ts';

/** A JSON schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** How a kind of value is read, and how the documentation calls it. */
export interface Form<T> {
  readonly form: string;
  /** What an editor may know of it. The reader is stricter. */
  readonly schema: JsonSchema;
  /** The keys below it, where it is a mapping or a list of mappings. */
  readonly keys?: Keys;
  /** @throws ScenarioError */
  read(place: Place): T;
}

export interface Key<T, IsRequired extends boolean = boolean> extends Form<T> {
  readonly says: string;
  readonly isRequired: IsRequired;
}

export type Keys = Readonly<Record<string, Key<unknown>>>;

type Required<K extends Keys> = { [P in keyof K]: K[P] extends Key<unknown, true> ? P : never }[keyof K];
export type Values<K extends Keys> = {
  readonly [P in Required<K>]: ReturnType<K[P]['read']>;
} & { readonly [P in Exclude<keyof K, Required<K>>]?: ReturnType<K[P]['read']> };

export function key<T>(form: Form<T>, says: string): Key<T, false> {
  return { ...form, says, isRequired: false };
}

export function requiredKey<T>(form: Form<T>, says: string): Key<T, true> {
  return { ...form, says, isRequired: true };
}

/** The keys that are there; an unknown one, or a required one that is missing, is refused. */
export function readKeys<K extends Keys>(place: Place, keys: K): Values<K> {
  const entries = place.mapping(Object.keys(keys));
  for (const [name, { isRequired }] of Object.entries(keys)) {
    if (isRequired && !entries.has(name)) place.refuse(`${place.name} needs ${name}`);
  }
  return Object.fromEntries([...entries].map(([name, value]) => [name, keys[name]!.read(value)])) as Values<K>;
}

export function mapping<K extends Keys>(keys: K): Form<Values<K>> {
  return { form: 'mapping', keys, schema: mappingSchema(keys), read: (place) => readKeys(place, keys) };
}

/** A key of whose mapping nothing is required may also stand there without one, as where all of it is commented out. */
export function mappingSchema(keys: Keys): JsonSchema {
  const required = Object.entries(keys).flatMap(([name, { isRequired }]) => (isRequired ? [name] : []));
  return {
    type: required.length > 0 ? 'object' : ['object', 'null'],
    properties: Object.fromEntries(
      Object.entries(keys).map(([name, { schema, says }]) => [name, { ...schema, description: says }]),
    ),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** A mapping whose keys the user chooses. */
export function entriesOf<T>(each: Form<T>, form: string): Form<Readonly<Record<string, T>>> {
  return {
    form,
    ...(each.keys && { keys: each.keys }),
    schema: { type: ['object', 'null'], additionalProperties: each.schema },
    read: (place) => Object.fromEntries([...place.mapping()].map(([name, value]) => [name, each.read(value)])),
  };
}

/** What may be many or none, such as faults. */
export function listOf<T>(each: Form<T>, form = `list of ${each.form}`): Form<readonly T[]> {
  return {
    form,
    ...(each.keys && { keys: each.keys }),
    schema: { type: ['array', 'null'], items: each.schema },
    read: (place) => place.list().map((item) => each.read(item)),
  };
}

/** A list that chooses: an empty one would choose nothing, which is never meant. */
export function someOf<T>(each: Form<T>, form = `list of ${each.form}`): Form<readonly T[]> {
  const list = listOf(each, form);
  return {
    ...list,
    schema: { ...list.schema, type: 'array', minItems: 1 },
    read(place) {
      if (place.isAbsent) place.refuse(`${place.name} must be a list`);
      const read = list.read(place);
      return read.length > 0
        ? read
        : place.refuse(`${place.name} must not be empty`, 'leave it out if nothing is meant');
    },
  };
}

/** The first form for a mapping, the second for anything else. */
export function mappingOr<M, T>(whole: Form<M>, short: Form<T>): Form<M | T> {
  return {
    form: `${short.form}, or a mapping`,
    ...(whole.keys && { keys: whole.keys }),
    schema: { anyOf: [short.schema, { ...whole.schema, type: 'object' }] },
    read: (place) => (place.isMapping ? whole.read(place) : short.read(place)),
  };
}

/** Several of them, or one without a list around it. */
export function oneOrMore<T>(each: Form<T>): Form<readonly T[]> {
  const { read, schema } = someOf(each);
  return {
    form: `${each.form}, or a list`,
    ...(each.keys && { keys: each.keys }),
    schema: { anyOf: [each.schema, schema] },
    read: (place) => (Array.isArray(place.value) ? read(place) : [each.read(place)]),
  };
}
