/**
 * A deep copy of plain data (objects, arrays, maps, sets) for a checkpoint. Objects that a store holds are immutable
 * and shared instead; they are told by their `createdAt`, which nothing else in a state carries.
 */
export function copyState<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyState) as T;
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, copyState(item)])) as T;
  if (value instanceof Set) return new Set([...value].map(copyState)) as T;
  if ('createdAt' in value || Object.isFrozen(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = copyState((value as Record<string, unknown>)[key]);
  return copy as T;
}
