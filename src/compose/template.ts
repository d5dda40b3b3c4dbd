/** Looks a variable up; undefined if it is not set (an empty value is set). */
export type Lookup = (name: string) => string | undefined;

export type Substitution = { readonly text: string } | { readonly invalid: string };

/**
 * Replaces `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}` and `${NAME?message}`. `$$` is
 * a dollar sign. Without braces the operators work too and swallow everything up to a `}` or the end. `invalid` is what
 * docker quotes in its message. (cli/compose/template/template.go)
 */
export function substitute(template: string, lookup: Lookup): Substitution {
  let invalid: string | undefined;
  const text = template.replace(VARIABLE, (_match, escaped: string, named?: string, braced?: string) => {
    if (escaped) return escaped;
    const body = named ?? braced;
    const result = body === undefined ? { invalid: template } : expand(body, lookup);
    // As in Go, each further variable overwrites the outcome: only the last one decides whether the text is valid.
    invalid = 'invalid' in result ? result.invalid : body === undefined ? template : undefined;
    return 'text' in result ? result.text : '';
  });
  return invalid === undefined ? { text } : { invalid };
}

/** The variables of a template that have no value and no default, each once. */
export function unsetVariables(template: string, lookup: Lookup): readonly string[] {
  const names = new Set<string>();
  for (const [, escaped, named, braced] of template.matchAll(VARIABLE)) {
    const body = named ?? braced;
    if (!escaped && body !== undefined && /^\w+$/.test(body) && lookup(body) === undefined) names.add(body);
  }
  return [...names];
}

/** A variable with an operator whose text is not what it looks like. */
export interface Misread {
  readonly name: string;
  /** What docker takes for the default or the message. */
  readonly text: string;
  /** Written without braces, so that the text after the variable is taken for it. */
  readonly isBare: boolean;
}

/** Of a template: operators without braces, and variables within the text of an operator, which nobody replaces. */
export function misreadVariables(template: string): readonly Misread[] {
  const misread: Misread[] = [];
  for (const [, escaped, named, braced] of template.matchAll(VARIABLE)) {
    const [, name, text] = /^(\w+):?[-?](.*)$/s.exec(named ?? braced ?? '') ?? [];
    const isBare = named !== undefined;
    if (escaped || name === undefined || text === undefined) continue;
    if (isBare || /\$(\w|\{)/.test(text)) misread.push({ name, text, isBare });
  }
  return misread;
}

const BODY = '[_a-z][_a-z0-9]*(?::?[-?][^}]*)?';
const VARIABLE = new RegExp(`\\$(?:(\\$)|(${BODY})|\\{(${BODY})\\}|())`, 'giu');

/** Docker looks for the operators in this order, wherever they stand in the text. */
function expand(body: string, lookup: Lookup): Substitution {
  const softDefault = cut(body, ':-');
  if (softDefault) return { text: lookup(softDefault.name) || softDefault.rest };
  const hardDefault = cut(body, '-');
  if (hardDefault) return { text: lookup(hardDefault.name) ?? hardDefault.rest };
  const nonEmpty = cut(body, ':?');
  if (nonEmpty) {
    const value = lookup(nonEmpty.name);
    return value ? { text: value } : missing(nonEmpty);
  }
  const required = cut(body, '?');
  if (required) {
    const value = lookup(required.name);
    return value === undefined ? missing(required) : { text: value };
  }
  return { text: lookup(body) ?? '' };
}

function cut(body: string, operator: string): { readonly name: string; readonly rest: string } | undefined {
  const index = body.indexOf(operator);
  if (index < 0) return undefined;
  return { name: body.slice(0, index), rest: body.slice(index + operator.length) };
}

function missing({ name, rest }: { readonly name: string; readonly rest: string }): Substitution {
  return { invalid: `required variable ${name} is missing a value: ${rest}` };
}
