import type { Position } from './problem.ts';

/** A value together with the places that its parts come from. */
export interface Traced {
  readonly value: unknown;
  readonly origin: Origin;
}

/** Where a value was written, and where its parts were: by key, or by index in a list. */
export interface Origin {
  readonly at: Position;
  readonly parts: ReadonlyMap<string, Origin>;
}

const NO_PARTS: ReadonlyMap<string, Origin> = new Map();

export function traced(value: unknown, at: Position, parts: ReadonlyMap<string, Origin> = NO_PARTS): Traced {
  return { value, origin: { at, parts } };
}

/** A list or mapping from its traced parts. */
export function tracedList(items: readonly Traced[], at: Position): Traced {
  const parts = new Map(items.map((item, index) => [String(index), item.origin]));
  return traced(
    items.map((item) => item.value),
    at,
    parts,
  );
}

export function tracedRecord(entries: ReadonlyMap<string, Traced>, at: Position): Traced {
  const value: Record<string, unknown> = {};
  for (const [key, part] of entries) setKey(value, key, part.value);
  return traced(value, at, new Map([...entries].map(([key, part]) => [key, part.origin])));
}

/** The parts of a list, each with its place. */
export function itemsOf(list: Traced): readonly Traced[] {
  return (list.value as readonly unknown[]).map((value, index) => ({
    value,
    origin: list.origin.parts.get(String(index)) ?? list.origin,
  }));
}

/** The parts of a record or mapping, each with its place. */
export function partsOf(record: Traced): ReadonlyMap<string, Traced> {
  return new Map(
    Object.entries(record.value as Record<string, unknown>).map(([key, value]) => [
      key,
      { value, origin: record.origin.parts.get(key) ?? record.origin },
    ]),
  );
}

/** The place of a path, or of the nearest part of it that is known. */
export function originOf(root: Origin, path: readonly string[]): Position {
  let origin = root;
  for (const key of path) {
    const part = origin.parts.get(key);
    if (!part) break;
    origin = part;
  }
  return origin.at;
}

/** Sets a key that a user chose: `__proto__` is a key like any other. */
function setKey(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') record[key] = value;
  else Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}
