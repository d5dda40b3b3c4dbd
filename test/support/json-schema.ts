/** As much of JSON schema (draft 7) as our own schemas use. Words that it does not know are an error, not a pass. */

type Schema = Readonly<Record<string, unknown>>;

/** What is wrong with a value, with its path; empty where it fits. */
export function violations(value: unknown, schema: Schema, root: Schema = schema, path = '$'): string[] {
  return Object.entries(schema).flatMap(([word, rule]) => {
    const check = WORDS[word];
    if (!check) throw new Error(`the schema uses ${word}, which is not checked here`);
    return check({ value, rule, schema, root, path });
  });
}

interface Subject {
  readonly value: unknown;
  readonly rule: unknown;
  readonly schema: Schema;
  readonly root: Schema;
  readonly path: string;
}

const WORDS: Readonly<Record<string, (subject: Subject) => string[]>> = {
  $schema: () => [],
  title: () => [],
  description: () => [],
  definitions: () => [],
  $ref: ({ value, rule, root, path }) => {
    const name = String(rule).replace('#/definitions/', '');
    return violations(value, (root.definitions as Record<string, Schema>)[name]!, root, path);
  },
  type: ({ value, rule, path }) => {
    const types = Array.isArray(rule) ? (rule as string[]) : [String(rule)];
    return types.some((type) => isOfType(value, type)) ? [] : [`${path} is no ${types.join(' or ')}`];
  },
  minLength: ({ value, rule, path }) =>
    typeof value === 'string' && value.length < Number(rule) ? [`${path} is too short`] : [],
  not: ({ value, rule, root, path }) =>
    violations(value, rule as Schema, root, path).length > 0 ? [] : [`${path} is what it may not be`],
  dependencies: ({ value, rule, path }) =>
    Object.entries(rule as Record<string, string[]>).flatMap(([key, needed]) =>
      has(value, key)
        ? needed.filter((other) => !has(value, other)).map((other) => `${path} has ${key} without ${other}`)
        : [],
    ),
  const: ({ value, rule, path }) => (value === rule ? [] : [`${path} is not ${JSON.stringify(rule)}`]),
  enum: ({ value, rule, path }) => ((rule as unknown[]).includes(value) ? [] : [`${path} is none of ${String(rule)}`]),
  pattern: ({ value, rule, path }) =>
    typeof value !== 'string' || new RegExp(String(rule)).test(value) ? [] : [`${path} does not match ${String(rule)}`],
  minimum: ({ value, rule, path }) => (Number(value) >= Number(rule) ? [] : [`${path} is less than ${String(rule)}`]),
  maximum: ({ value, rule, path }) => (Number(value) <= Number(rule) ? [] : [`${path} is more than ${String(rule)}`]),
  exclusiveMinimum: ({ value, rule, path }) =>
    Number(value) > Number(rule) ? [] : [`${path} is not more than ${String(rule)}`],
  minItems: ({ value, rule, path }) =>
    Array.isArray(value) && value.length < Number(rule) ? [`${path} has less than ${String(rule)} items`] : [],
  maxItems: ({ value, rule, path }) =>
    Array.isArray(value) && value.length > Number(rule) ? [`${path} has more than ${String(rule)} items`] : [],
  required: ({ value, rule, path }) =>
    (rule as string[]).filter((key) => !has(value, key)).map((key) => `${path} has no ${key}`),
  properties: ({ value, rule, root, path }) =>
    Object.entries(rule as Record<string, Schema>).flatMap(([key, part]) =>
      has(value, key) ? violations((value as Record<string, unknown>)[key], part, root, `${path}.${key}`) : [],
    ),
  additionalProperties: ({ value, rule, schema, root, path }) => {
    if (!isOfType(value, 'object')) return [];
    const others = Object.entries(value as object).filter(([key]) => !has(schema.properties, key));
    return others.flatMap(([key, item]) =>
      rule === false ? [`${path} may not have ${key}`] : violations(item, rule as Schema, root, `${path}.${key}`),
    );
  },
  items: ({ value, rule, root, path }) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => violations(item, rule as Schema, root, `${path}[${index}]`))
      : [],
  anyOf: ({ value, rule, root, path }) => {
    const tries = (rule as Schema[]).map((option) => violations(value, option, root, path));
    return tries.some((found) => found.length === 0) ? [] : [`${path} fits nothing: ${tries.flat().join('; ')}`];
  },
  oneOf: ({ value, rule, root, path }) => {
    const tries = (rule as Schema[]).map((option) => violations(value, option, root, path));
    const fits = tries.filter((found) => found.length === 0).length;
    return fits === 1 ? [] : [`${path} fits ${fits} of what it may be: ${tries.flat().join('; ')}`];
  },
};

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function has(value: unknown, key: string): boolean {
  return isOfType(value, 'object') && Object.hasOwn(value as object, key);
}
