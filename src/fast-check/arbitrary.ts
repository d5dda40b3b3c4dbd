/** What all arbitraries here are made of. */
import fc from 'fast-check';

/** Go's text for whole seconds; shrinks to the shortest. */
export function spans({
  min = 0,
  max = 60,
}: {
  readonly min?: number;
  readonly max?: number;
} = {}): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map(textOf);
}

function textOf(seconds: number): string {
  return seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

type Optional<T> = { readonly [K in keyof T]?: T[K] };

/** Each key is there or not; shrinks to none. */
export function optional<T extends object>(keys: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Optional<T>> {
  return fc.record(keys, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<Optional<T>>;
}
