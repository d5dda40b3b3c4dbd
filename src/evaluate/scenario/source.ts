/** YAML with places: reading a scenario file so that every complaint names file, line and column. */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLParseError } from 'yaml';
import { DryswarmError } from '../../base/index.ts';

/** A scenario file was refused. */
export class ScenarioError extends DryswarmError {
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(
    message: string,
    at: { readonly file: string; readonly line?: number; readonly column?: number },
    hint?: string,
    code = 'invalid-scenario',
  ) {
    super(code, message, hint);
    this.file = at.file;
    this.line = at.line;
    this.column = at.column;
  }
}

/** Larger scenario files are refused unread. */
const MAX_BYTES = 1024 * 1024;

interface Document {
  readonly file: string;
  readonly lines: LineCounter;
}

/** Reads a file's text. An empty file is an empty mapping. @throws ScenarioError */
export function readSource(text: string, file: string): Place {
  if (text.length > MAX_BYTES) {
    throw new ScenarioError(`the file has ${text.length} characters; a scenario may have ${MAX_BYTES}`, { file });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true, logLevel: 'error' });
  const [problem] = document.errors;
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new ScenarioError(textOf(problem), { file, line, column: col });
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ScenarioError((error as Error).message, { file }, 'write it out without so many aliases');
  }
  return new Place(value, document.contents ?? undefined, '', { file, lines });
}

function textOf({ code, message }: YAMLParseError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; a scenario is one';
  return message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
}

/** A value of the file with where it stands. */
export class Place {
  readonly value: unknown;
  readonly path: string;
  readonly #node: Node | undefined;
  readonly #document: Document;

  constructor(value: unknown, node: Node | undefined, path: string, document: Document) {
    this.value = value;
    this.path = path;
    this.#node = node;
    this.#document = document;
  }

  /** @throws ScenarioError for this place. */
  refuse(message: string, hint?: string): never {
    throw this.error(message, hint);
  }

  error(message: string, hint?: string, code?: string): ScenarioError {
    return new ScenarioError(message, this.position ?? { file: this.#document.file }, hint, code);
  }

  /** Undefined in a file that has nothing in it. */
  get position(): { readonly file: string; readonly line: number; readonly column: number } | undefined {
    const { file, lines } = this.#document;
    const offset = this.#node?.range?.[0];
    if (offset === undefined) return undefined;
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  }

  /** What stands below it, as far as that was written. */
  at(path: readonly (string | number)[]): Place {
    return path.reduce<Place>((place, step) => {
      if (typeof step === 'number') return Array.isArray(place.value) ? (place.list()[step] ?? place) : place;
      return place.isMapping ? (place.mapping().get(step) ?? place) : place;
    }, this);
  }

  get name(): string {
    return this.path === '' ? 'the file' : this.path;
  }

  get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  get isMapping(): boolean {
    return Object.prototype.toString.call(this.value) === '[object Object]';
  }

  /** The entries of a mapping, each checked against what may stand there. */
  mapping(known?: readonly string[]): ReadonlyMap<string, Place> {
    if (this.isAbsent) return new Map();
    if (!this.isMapping) this.refuse(`${this.name} must be a mapping`);
    const entries = new Map<string, Place>();
    for (const [key, value] of Object.entries(this.value as object)) {
      const place = new Place(value, this.#child(key), this.path === '' ? key : `${this.path}.${key}`, this.#document);
      if (known && !known.includes(key)) {
        this.#keyPlace(key).refuse(
          `${this.name === 'the file' ? 'a scenario' : this.name} has no key ${JSON.stringify(key)}`,
          `known: ${known.join(', ')}`,
        );
      }
      entries.set(key, place);
    }
    return entries;
  }

  list(): readonly Place[] {
    if (this.isAbsent) return [];
    if (!Array.isArray(this.value)) this.refuse(`${this.name} must be a list`);
    return (this.value as readonly unknown[]).map((value, index) => {
      const node = isSeq(this.#node) ? (this.#node.items[index] as Node | undefined) : undefined;
      return new Place(value, node ?? this.#node, `${this.path}[${index}]`, this.#document);
    });
  }

  text(): string {
    if (typeof this.value !== 'string') this.refuse(`${this.name} must be text`);
    return this.value as string;
  }

  count(): number {
    if (typeof this.value !== 'number' || !Number.isInteger(this.value) || this.value < 0) {
      this.refuse(`${this.name} must be a whole number from 0 up`);
    }
    return this.value as number;
  }

  /** One of a few words. */
  oneOf<T extends string>(words: readonly T[]): T {
    const word = words.find((candidate) => candidate === this.value);
    return word ?? this.refuse(`${this.name} must be one of ${words.join(', ')}`);
  }

  /** Runs what may throw about this value, and gives its complaint this place. */
  check<T>(read: (value: unknown) => T): T {
    try {
      return read(this.value);
    } catch (error) {
      if (error instanceof ScenarioError || !(error instanceof DryswarmError)) throw error;
      throw this.error(`${this.name}: ${error.message}`, error.hint);
    }
  }

  #child(key: string): Node | undefined {
    const pair = isMap(this.#node)
      ? this.#node.items.find(({ key: name }) => isScalar(name) && String(name.value) === key)
      : undefined;
    return (pair?.value as Node | null | undefined) ?? (pair?.key as Node | undefined) ?? this.#node;
  }

  #keyPlace(key: string): Place {
    const pair = isMap(this.#node)
      ? this.#node.items.find(({ key: name }) => isScalar(name) && String(name.value) === key)
      : undefined;
    return new Place(key, (pair?.key as Node | undefined) ?? this.#node, this.path, this.#document);
  }
}
