/** Values that a JSON schema describes, and values that nearly do. */
import fc from 'fast-check';

type Schema = Readonly<Record<string, unknown>>;

/** Of every sort that our schemas tell apart; a place may get any of them, wherever it is. */
const ODDITIES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1,
  1.5,
  300,
  1e6,
  '',
  ' ',
  'x',
  [],
  ['x'],
  [null],
  {},
  { x: 1 },
];

/** Text for every pattern, right and wrong. */
const TEXTS: readonly string[] = [
  ...[
    '0',
    '0s',
    '+5s',
    '-5s',
    '-0s',
    '8s',
    '1m30s',
    '1.5h',
    '.5s',
    '5.s',
    '250ms',
    '3µs',
    '3μs',
    '1d',
    '5',
    's',
    '1 s',
    '1e3s',
  ],
  ...[
    '8s ± 2s',
    '8s+-2s',
    '8s ±',
    '± 2s',
    '5s..10s',
    '5s .. 10s',
    '5s...10s',
    '1s..2s..3s',
    '8s ± 2s ± 1s',
    'during update',
  ],
  ...['30%', '30 %', '100%', '101%', '%', '.5', '0.5', '1.0', '1.1', '5.5%', '1e-1'],
  ...['8g', '8 GiB', '512Mb', '1.5k', '8gigs', 'g', '8 g', '-1g', '1_0m', '8e3', '8gi'],
  ...['>= 3', '>=3', '= 2', '4', '=> 3', '>= -3', '> 1.5'],
  ...[
    'stuck',
    'not at rest',
    'at rest',
    'api: stuck',
    'outcome is paused',
    'outcome is not rolled back',
    'outcome == paused',
  ],
  ...[
    'lowest running < 4',
    'exposed>50%',
    'failed tasks != 0',
    'took > 10m',
    'duration >= 0',
    'took > 10',
    'took > -1m',
  ],
  ...[
    'lowest running < 1m',
    'LOWEST RUNNING < 4',
    'web : detected after < 1.5h',
    'lowest running =< 4',
    'outcome is great',
  ],
  ...['zone=a', 'zone', '=a', 'a=b=c', 'w1', 'api', 'shop/api:2'],
];

/** Mostly what the schema asks for; here and there something else. */
export function nearly(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 24, arbitrary: fc.constant(undefined).chain(() => described(schema)) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(...ODDITIES, ...TEXTS) },
  );
}

function described(schema: Schema): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if ('enum' in schema) return fc.constantFrom(...(schema.enum as unknown[]));
  const options = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (options) return fc.oneof(...options.map(nearly));
  const type = Array.isArray(schema.type) ? (schema.type as string[])[0] : schema.type;
  switch (type) {
    case 'string':
      return textOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.constantFrom(0, 1, 2, 7, Number(schema.minimum ?? 0), Number(schema.maximum ?? 0.5));
    case 'array':
      return fc.array(nearly(schema.items as Schema), { maxLength: 3 });
    default:
      return mappingOf(schema);
  }
}

function textOf({ pattern }: Schema): fc.Arbitrary<string> {
  const fitting = TEXTS.filter((text) => pattern === undefined || new RegExp(String(pattern)).test(text));
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...fitting) },
    { weight: 1, arbitrary: fc.constantFrom(...TEXTS) },
  );
}

function mappingOf({ properties = {}, required = [], additionalProperties }: Schema): fc.Arbitrary<unknown> {
  const keys = Object.keys(properties as object);
  if (keys.length === 0)
    return fc.dictionary(fc.constantFrom('api:1', 'zone', '3'), nearly(additionalProperties as Schema));
  return fc.subarray(keys, { maxLength: Math.min(4, keys.length) }).chain((chosen) => {
    const all = [...new Set([...(required as string[]), ...chosen])];
    return fc.record(Object.fromEntries(all.map((key) => [key, nearly((properties as Record<string, Schema>)[key]!)])));
  });
}
