/** Flags as data: what a command accepts, and how the text of each is read. */

/** What reading a flag may look at besides its text. */
export interface FlagEnvironment {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The text of a file; fails like Go's os.ReadFile. */
  readText(path: string): string;
}

/** How a kind of flag reads its text. Fails with the reason that follows `invalid argument … for … flag: `. */
export interface FlagType<V> {
  /** What help calls the argument; empty for a switch. */
  readonly name: string;
  /** A switch needs no argument: this text is read where none is given. */
  readonly implied?: string;
  /** Reads one occurrence. `previous` is what earlier occurrences gave, for the flags that collect. */
  read(text: string, previous: V | undefined, environment: FlagEnvironment): V;
}

export interface FlagSpec {
  readonly name: string;
  readonly short?: string;
  readonly type: FlagType<unknown>;
  /** The help text, with the default where help shows it. */
  readonly usage: string;
  /** The API version from which on the daemon understands it. */
  readonly since?: string;
}

/** One line of a command's table of flags. */
export function flag<V>(
  name: string,
  type: FlagType<V>,
  usage: string,
  more: { readonly short?: string; readonly since?: string } = {},
): FlagSpec {
  // The parser hands a type only what the same type has read before.
  return { name, type: type as FlagType<unknown>, usage, ...more };
}

/** The flags of one invocation. */
export class Flags {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values;
  }

  /** Whether the flag was written, whatever its value. */
  changed(...names: readonly string[]): boolean {
    return names.some((name) => this.#values.has(name));
  }

  /** The names that were written, sorted. */
  get names(): readonly string[] {
    return [...this.#values.keys()].sort();
  }

  /** The value of a flag; the caller names the type that the flag's {@link FlagType} reads. */
  get<V>(name: string): V | undefined {
    return this.#values.get(name) as V | undefined;
  }

  bool(name: string, fallback = false): boolean {
    return this.get<boolean>(name) ?? fallback;
  }

  string(name: string, fallback = ''): string {
    return this.get<string>(name) ?? fallback;
  }

  number(name: string): number | undefined {
    return this.get<number>(name);
  }

  list(name: string): readonly string[] {
    return this.get<readonly string[]>(name) ?? [];
  }
}
