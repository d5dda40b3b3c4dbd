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

/** Each key is there or not; one that says what holds anyway is not. Shrinks to none. */
export function optional<T extends object>(
  keys: { [K in keyof T]: fc.Arbitrary<T[K]> },
  defaults: Optional<T> = {},
): fc.Arbitrary<Optional<T>> {
  const names = Object.keys(keys) as (keyof T & string)[];
  return fc.tuple(...names.map((name) => maybe(keys[name]))).map((values) => {
    const entries = names.map((name, index) => [name, values[index]] as const);
    const said = entries.filter(([name, value]) => value !== undefined && value !== defaults[name]);
    return Object.fromEntries(said) as Optional<T>;
  });
}

/**
 * There or not. It shrinks to what is not there at every step: `fc.option` tries that once, and a value that was needed
 * then may be needed no more when the rest has become simpler.
 */
export function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return new Maybe(arbitrary);
}

class Maybe<T> extends fc.Arbitrary<T | undefined> {
  readonly #arbitrary: fc.Arbitrary<T>;

  constructor(arbitrary: fc.Arbitrary<T>) {
    super();
    this.#arbitrary = arbitrary;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<T | undefined> {
    return random.nextInt(0, 1) === 0 ? nothing() : this.#arbitrary.generate(random, bias);
  }

  override canShrinkWithoutContext(value: unknown): value is T | undefined {
    return value === undefined;
  }

  override shrink(value: T | undefined, context: unknown): fc.Stream<fc.Value<T | undefined>> {
    if (value === undefined) return fc.Stream.nil();
    return fc.Stream.of<fc.Value<T | undefined>>(nothing()).join(this.#arbitrary.shrink(value, context));
  }
}

function nothing(): fc.Value<undefined> {
  return new fc.Value(undefined, undefined);
}
