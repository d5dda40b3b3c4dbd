import { ComposeError } from './problem.ts';
import { itemsOf, partsOf, type Traced, tracedList, tracedRecord } from './traced.ts';
import { Timestamp } from './tree.ts';

/**
 * Lays the `x-` keys of an override over those of the base, in depth: mappings are merged, lists are appended, anything
 * else is replaced, by null too.
 *
 * @throws ComposeError with stage `merge` for a list over something else.
 */
export function mergeExtras(base: Traced, override: Traced): Traced {
  const merged = new Map(partsOf(base));
  for (const [key, item] of partsOf(override)) merged.set(key, mergeValue(merged.get(key), item));
  return tracedRecord(merged, base.origin.at);
}

function mergeValue(base: Traced | undefined, override: Traced): Traced {
  if (isMapping(override.value) && base && isMapping(base.value) && Object.keys(base.value).length > 0) {
    return mergeExtras(base, override);
  }
  if (!Array.isArray(override.value) || !base || base.value === null) return override;
  if (Array.isArray(base.value)) return tracedList([...itemsOf(base), ...itemsOf(override)], base.origin.at);
  const types = `([]interface {}, ${typeName(base.value)})`;
  const message = `cannot append two slices with different type ${types}`;
  throw new ComposeError('merge', message, override.origin.at);
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Timestamp);
}

function typeName(value: unknown): string {
  if (isMapping(value)) return 'map[string]interface {}';
  const names: Partial<Record<string, string>> = {
    bigint: 'int',
    number: 'float64',
    boolean: 'bool',
    object: 'time.Time',
  };
  return names[typeof value] ?? 'string';
}
