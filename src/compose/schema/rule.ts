/** What a value must look like: the part of JSON Schema that Compose's schemas use. */
export interface Rule {
  /** In the order in which messages name them. */
  readonly types?: readonly TypeName[];
  readonly properties?: Readonly<Record<string, Rule>>;
  readonly patterns?: readonly (readonly [RegExp, Rule])[];
  /** No other properties than those named or matched by a pattern. */
  readonly closed?: boolean;
  readonly required?: readonly string[];
  readonly items?: Rule;
  readonly unique?: boolean;
  readonly oneOf?: readonly Rule[];
  readonly format?: 'ports' | 'duration';
  readonly choices?: readonly string[];
  readonly minimum?: number;
}

export type TypeName = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

export const anything: Rule = {};
export const text: Rule = { types: ['string'] };
export const number: Rule = { types: ['number'] };
export const integer: Rule = { types: ['integer'] };
export const boolean: Rule = { types: ['boolean'] };
export const duration: Rule = { types: ['string'], format: 'duration' };

/** An object that knows its properties and refuses others. */
export function object(properties: Readonly<Record<string, Rule>>, more: Partial<Rule> = {}): Rule {
  return { types: ['object'], properties, closed: true, ...more };
}

/** An object that lets properties that it does not know pass. */
export function openObject(properties: Readonly<Record<string, Rule>>): Rule {
  return { types: ['object'], properties };
}

export function list(items: Rule): Rule {
  return { types: ['array'], items };
}

export function uniqueList(items: Rule): Rule {
  return { types: ['array'], items, unique: true };
}

export function oneOf(...rules: readonly Rule[]): Rule {
  return { oneOf: rules };
}

/** The rules that exist from a minor version of the format on: `since(minor >= 4, { order })`. */
export function when<T extends object>(condition: boolean, rules: T): Partial<T> {
  return condition ? rules : {};
}
