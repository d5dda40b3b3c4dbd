/**
 * What may stand in a scenario file, as data: each key says how its value is read and what it means. The reader and the
 * table of the documentation are both made from it.
 */
import { durationOf, parseBytes } from '../../api/index.ts';
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

export function mappingSchema(keys: Keys): JsonSchema {
  const required = Object.entries(keys).flatMap(([name, { isRequired }]) => (isRequired ? [name] : []));
  return {
    type: 'object',
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
    schema: { type: 'object', additionalProperties: each.schema },
    read: (place) => Object.fromEntries([...place.mapping()].map(([name, value]) => [name, each.read(value)])),
  };
}

export function listOf<T>(each: Form<T>, form = `list of ${each.form}`): Form<readonly T[]> {
  return {
    form,
    ...(each.keys && { keys: each.keys }),
    schema: { type: 'array', items: each.schema },
    read: (place) => place.list().map((item) => each.read(item)),
  };
}

/** The first form for a mapping, the second for anything else. */
export function mappingOr<M, T>(whole: Form<M>, short: Form<T>): Form<M | T> {
  return {
    form: `${short.form}, or a mapping`,
    ...(whole.keys && { keys: whole.keys }),
    schema: { anyOf: [short.schema, whole.schema] },
    read: (place) => (place.isMapping ? whole.read(place) : short.read(place)),
  };
}

/** Several of them, or one without a list around it. */
export function oneOrMore<T>(each: Form<T>): Form<readonly T[]> {
  const { read, schema } = listOf(each);
  return {
    form: `${each.form}, or a list`,
    schema: { anyOf: [each.schema, schema] },
    read: (place) => (Array.isArray(place.value) ? read(place) : [each.read(place)]),
  };
}

const TEXT = { type: 'string' } as const;

export const text: Form<string> = { form: 'text', schema: TEXT, read: (place) => place.text() };

/** A whole number with bounds. */
export function wholeFrom(least: number, most?: number): Form<number> {
  const bounds = most === undefined ? `from ${least} up` : `from ${least} to ${most}`;
  return {
    form: `whole number ${bounds}`,
    schema: { type: 'integer', minimum: least, ...(most !== undefined && { maximum: most }) },
    read(place) {
      const { value } = place;
      const isOne = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= (most ?? value);
      return isOne ? value : place.refuse(`${place.name} must be a whole number ${bounds}`);
    },
  };
}

export const count: Form<number> = wholeFrom(0);

export const yesOrNo: Form<boolean> = {
  form: '`true`, `false`',
  schema: { type: 'boolean' },
  read: (place) =>
    typeof place.value === 'boolean' ? place.value : place.refuse(`${place.name} must be true or false`),
};

export const yes: Form<true> = {
  form: '`true`',
  schema: { const: true },
  read: (place) => (place.value === true ? true : place.refuse(`${place.name} must be true or a mapping`)),
};

export const positive: Form<number> = {
  form: 'number',
  schema: { type: 'number', exclusiveMinimum: 0 },
  read: (place) =>
    typeof place.value === 'number' && place.value > 0 && Number.isFinite(place.value)
      ? place.value
      : place.refuse(`${place.name} must be a number above 0`),
};

/** A label's value. YAML reads `yes` and `3` as something else than text; Docker wants text. */
export const scalar: Form<string> = {
  form: 'text',
  schema: { type: ['string', 'number', 'boolean', 'null'] },
  read: (place) =>
    place.isMapping || Array.isArray(place.value)
      ? place.refuse(`${place.name} must be text`)
      : String(place.value ?? ''),
};

export const bytes: Form<number> = {
  form: 'size, such as `8g`',
  schema: { anyOf: [TEXT, count.schema] },
  read: (place) => (typeof place.value === 'number' ? place.count() : place.check(() => parseBytes(place.text()))),
};

/** A duration as text. A bare number would be nanoseconds, which nobody means. */
export const duration: Form<string> = {
  form: 'duration',
  schema: TEXT,
  read(place) {
    const value = typeof place.value === 'string' ? place.value : undefined;
    if (value === undefined) return place.refuse(`${place.name} must be a duration`, 'write 30s, 1m30s or 250ms');
    if (place.check(() => durationOf(value)) < 0) place.refuse(`${place.name} must not be negative`);
    return value;
  },
};

export function word<const T extends string>(known: readonly T[]): Form<T> {
  return {
    form: known.map((one) => `\`${one}\``).join(', '),
    schema: { enum: known },
    read: (place) => place.oneOf(known),
  };
}
