/** The `filters` of a list call (moby daemon/internal/filters, daemon/cluster/filters.go). */
import type { Labels } from '../api/index.ts';
import type { Call } from './call.ts';
import { invalid } from './refusal.ts';

/** Values by key, each once. */
export class Filters {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  get(key: string): readonly string[] {
    return this.#values.get(key) ?? [];
  }

  /** One of the values is this text. Holds where there is none. */
  includes(key: string, text: string): boolean {
    const values = this.get(key);
    return values.length === 0 || values.includes(text);
  }

  /** One of the values is how this text begins. Holds where there is none. */
  begins(key: string, text: string): boolean {
    const values = this.get(key);
    return values.length === 0 || values.some((value) => text.startsWith(value));
  }

  /** Every value is a label: `key`, or `key=value`. swarmkit takes an empty value for none. */
  matchesLabels(key: string, labels: Labels): boolean {
    return this.get(key).every((value) => {
      const [name, wanted] = splitLabel(value);
      return Object.hasOwn(labels, name) && (wanted === undefined || wanted === '' || labels[name] === wanted);
    });
  }
}

/** `key=value` as its parts. */
export function splitLabel(text: string): [name: string, value: string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * The filters of a call. Clients write them as `{"name":{"web":true}}`, where the boolean means nothing, or as
 * `{"name":["web"]}`.
 *
 * @throws Refusal for what is neither, and for a key that is not `accepted`.
 */
export function filtersOf({ query }: Call, accepted: readonly string[]): Filters {
  const text = query.get('filters') ?? '';
  const values = new Map(text === '' ? [] : Object.entries(parse(text)).map(([key, given]) => [key, valuesOf(given)]));
  for (const key of values.keys()) if (!accepted.includes(key)) throw invalid(`invalid filter '${key}'`);
  return new Filters(values);
}

function parse(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // Refused below, as JSON of another shape is.
  }
  throw invalid('invalid filter');
}

function valuesOf(given: unknown): string[] {
  if (Array.isArray(given) && given.every((value) => typeof value === 'string')) return [...new Set(given)];
  if (given === null) return [];
  if (typeof given === 'object' && !Array.isArray(given)) {
    const entries = Object.entries(given);
    if (entries.every(([, value]) => typeof value === 'boolean')) return entries.map(([value]) => value);
  }
  throw invalid('invalid filter');
}
