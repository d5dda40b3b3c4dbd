/**
 * The shapes of Go structs, as data. One declaration says which JSON keys exist, in which order they are written,
 * which are left out when empty, and (by inference) what TypeScript type a decoded value has. The client needs them
 * because it reads answers into structs: what it sends or prints later has their zero values and their order.
 */

export interface GoType<V> {
  readonly kind:
    | 'string'
    | 'bool'
    | 'number'
    | 'duration'
    | 'time'
    | 'bytes'
    | 'any'
    | 'struct'
    | 'pointer'
    | 'slice'
    | 'map';
  /** Go's name of the type, for error texts: `swarm.ServiceSpec`. */
  readonly name: string;
  /** The element of a pointer, slice or map. */
  readonly of?: GoType<unknown>;
  readonly fields?: readonly GoField[];
  /** A struct whose fields are methods in Go (a row of a list): its JSON is made apart, with HTML characters escaped. */
  readonly methods?: boolean;
  /** Structs that Go embeds: a template may name them, though their fields are the struct's own. */
  readonly embeds?: Readonly<Record<string, GoType<unknown>>>;
  /** The one field that stands for the whole when it is printed (Go's Stringer). */
  readonly printsAs?: string;
  /** Exists for the type checker alone. */
  readonly decoded?: V;
}

export interface GoField {
  readonly key: string;
  /** The field's name in a template where it differs from the JSON key. */
  readonly goName: string;
  readonly type: GoType<unknown>;
  readonly omitEmpty: boolean;
}

/** What a value of the type looks like once decoded: every field present, null for nil. */
export type Decoded<T> = T extends GoType<infer V> ? V : never;

export const text: GoType<string> = { kind: 'string', name: 'string' };
export const bool: GoType<boolean> = { kind: 'bool', name: 'bool' };
export const number: GoType<number> = { kind: 'number', name: 'int64' };
/** Whole nanoseconds; printed as `1m30s`. */
export const duration: GoType<number> = { kind: 'duration', name: 'time.Duration' };
/** RFC 3339 text. */
export const time: GoType<string> = { kind: 'time', name: 'time.Time' };
/** Base64 text. */
export const bytes: GoType<string> = { kind: 'bytes', name: '[]uint8' };
/** Whatever the JSON holds. */
export const any: GoType<unknown> = { kind: 'any', name: 'interface {}' };

export function pointer<V>(of: GoType<V>): GoType<V | null> {
  return { kind: 'pointer', name: `*${of.name}`, of };
}

export function slice<V>(of: GoType<V>): GoType<V[] | null> {
  return { kind: 'slice', name: `[]${of.name}`, of };
}

export function map<V>(of: GoType<V>): GoType<Record<string, V> | null> {
  return { kind: 'map', name: `map[string]${of.name}`, of };
}

export interface Omitted<V> {
  readonly omitted: GoType<V>;
}

/** A field that is left out of the JSON when it is empty (`omitempty`). */
export function omit<V>(type: GoType<V>): Omitted<V> {
  return { omitted: type };
}

type FieldValue<F> = F extends Omitted<infer V> ? V : F extends GoType<infer V> ? V : never;
type Fields = Readonly<Record<string, GoType<unknown> | Omitted<unknown>>>;

export interface StructTraits {
  /** The fields whose Go name is not their JSON key. */
  readonly goNames?: Readonly<Record<string, string>>;
  readonly embeds?: Readonly<Record<string, GoType<unknown>>>;
  readonly printsAs?: string;
}

/** A struct with its fields in Go's order. */
export function struct<const F extends Fields>(
  name: string,
  fields: F,
  { goNames = {}, ...traits }: StructTraits = {},
): GoType<{ -readonly [K in keyof F]: FieldValue<F[K]> }> {
  return {
    kind: 'struct',
    name,
    ...traits,
    fields: Object.entries(fields).map(([key, field]) => ({
      key,
      goName: goNames[key] ?? key,
      type: 'omitted' in field ? field.omitted : field,
      omitEmpty: 'omitted' in field,
    })),
  };
}

/** The context of one row of a list: its fields are alphabetical in JSON. */
export function rowType(name: string, fields: Readonly<Record<string, GoType<unknown>>>): GoType<unknown> {
  const keys = Object.keys(fields).sort();
  return {
    kind: 'struct',
    name,
    methods: true,
    fields: keys.map((key) => ({ key, goName: key, type: fields[key]!, omitEmpty: false })),
  };
}

/** Go's zero value. */
export function zeroOf<V>(type: GoType<V>): V {
  return decode(type, undefined);
}

/** Reads JSON into the type: unknown keys vanish, missing ones get their zero value. The result is fresh and mutable. */
export function decode<V>(type: GoType<V>, json: unknown): V {
  return decodeAny(type, json) as V;
}

function decodeAny(type: GoType<unknown>, json: unknown): unknown {
  const absent = json === undefined || json === null;
  switch (type.kind) {
    case 'string':
    case 'bytes':
      return absent ? '' : String(json);
    case 'bool':
      return json === true;
    case 'number':
    case 'duration':
      return absent ? 0 : Number(json);
    case 'time':
      return absent ? '0001-01-01T00:00:00Z' : trimFraction(String(json));
    case 'any':
      return absent ? null : structuredClone(json);
    case 'pointer':
      return absent ? null : decodeAny(type.of!, json);
    case 'slice':
      return Array.isArray(json) ? json.map((item) => decodeAny(type.of!, item)) : null;
    case 'map':
      return absent ? null : mapValues(json as Record<string, unknown>, (value) => decodeAny(type.of!, value));
    case 'struct': {
      const source = (json ?? {}) as Record<string, unknown>;
      return Object.fromEntries(type.fields!.map((field) => [field.key, decodeAny(field.type, source[field.key])]));
    }
  }
}

/** The JSON of a decoded value: keys in Go's order, empty fields left out where the type says so, maps sorted. */
export function encode<V>(type: GoType<V>, value: V): unknown {
  return encodeAny(type, value);
}

function encodeAny(type: GoType<unknown>, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'pointer':
      return encodeAny(type.of!, value);
    case 'slice':
      return (value as readonly unknown[]).map((item) => encodeAny(type.of!, item));
    case 'map':
      return mapValues(value as Record<string, unknown>, (item) => encodeAny(type.of!, item));
    case 'struct': {
      const source = value as Record<string, unknown>;
      const fields = type.fields!.filter((field) => !field.omitEmpty || !isEmpty(field.type, source[field.key]));
      return Object.fromEntries(fields.map((field) => [field.key, encodeAny(field.type, source[field.key])]));
    }
    default:
      return value;
  }
}

/** What `omitempty` leaves out: a struct (and so a time) never is. */
function isEmpty(type: GoType<unknown>, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (type.kind === 'pointer' || type.kind === 'struct' || type.kind === 'time') return false;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object') return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false;
}

function mapValues(source: Record<string, unknown>, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(source)
      .sort()
      .map((key) => [key, change(source[key])]),
  );
}

/** Go writes a time with as few decimals as it needs. */
function trimFraction(timestamp: string): string {
  return timestamp.replace(/(\.\d*?)0+(?=[Z+-])/, '$1').replace(/\.(?=[Z+-])/, '');
}
