import { invalid } from '../refusal.ts';

/**
 * How one field of a request is read. JSON's values by name: `map` has texts in it, `any` is taken as it comes. The
 * compiler keeps a description in step with the type that it describes.
 */
export type Field<V> = V extends string
  ? 'text'
  : V extends number
    ? 'whole' | 'ratio'
    : V extends boolean
      ? 'flag'
      : V extends readonly string[]
        ? 'texts'
        : V extends readonly (infer I)[]
          ? I extends readonly unknown[]
            ? 'any'
            : readonly [Fields<I>]
          : V extends Readonly<Record<string, string>>
            ? string extends keyof V
              ? 'map'
              : Fields<V>
            : string extends keyof V
              ? 'any'
              : Fields<V>;

/** Every field of an object. */
export type Fields<T> = { readonly [K in keyof T]-?: Field<NonNullable<T[K]>> };

/**
 * A body as its type says. Names are matched without regard to case, unknown ones and nulls are left out, as Go reads
 * JSON. An absent body is an empty one.
 *
 * @throws Refusal for a value of the wrong kind.
 */
export function readBody<T>(fields: Fields<T>, body: unknown): T {
  return (body === undefined || body === null ? {} : readObject(fields as Description, body, '')) as T;
}

type Leaf = 'text' | 'whole' | 'ratio' | 'flag' | 'texts' | 'map' | 'any';
type Description = { readonly [name: string]: Leaf | readonly [Description] | Description };

function readObject(fields: Description, value: unknown, path: string): Record<string, unknown> {
  if (!isObject(value)) throw wrong(value, path, 'an object');
  const names = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name]));
  const read: Record<string, unknown> = {};
  for (const [key, content] of Object.entries(value)) {
    const name = Object.hasOwn(fields, key) ? key : names.get(key.toLowerCase());
    if (name === undefined || content === null || content === undefined) continue;
    read[name] = readField(fields[name]!, content, path === '' ? name : `${path}.${name}`);
  }
  return read;
}

function readField(field: Description[string], value: unknown, path: string): unknown {
  if (typeof field !== 'string') {
    if (!isList(field)) return readObject(field, value, path);
    if (!Array.isArray(value)) throw wrong(value, path, 'a list');
    return value.map((item) => (item === null ? {} : readObject(field[0], item, path)));
  }
  const { is, called } = LEAVES[field];
  if (!is(value)) throw wrong(value, path, called);
  return value;
}

const LEAVES: Readonly<Record<Leaf, { is(value: unknown): boolean; readonly called: string }>> = {
  text: { is: isText, called: 'a text' },
  whole: { is: Number.isInteger, called: 'a whole number' },
  ratio: { is: (value) => typeof value === 'number', called: 'a number' },
  flag: { is: (value) => typeof value === 'boolean', called: 'true or false' },
  texts: { is: (value) => Array.isArray(value) && value.every(isText), called: 'a list of texts' },
  map: { is: (value) => isObject(value) && Object.values(value).every(isText), called: 'an object with texts' },
  any: { is: () => true, called: 'anything' },
};

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(field: readonly [Description] | Description): field is readonly [Description] {
  return Array.isArray(field);
}

/** Ours, not the daemon's: Go names its own types here. */
function wrong(value: unknown, path: string, called: string): never {
  throw invalid(`invalid JSON: ${path === '' ? 'the body' : path} must be ${called}, not ${JSON.stringify(value)}`);
}
