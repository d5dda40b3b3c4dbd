import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identifier, literal } from '../../../src/fast-check/code.ts';

test('a literal is what a person would write, and means the same', () => {
  expect(literal({ name: "it's", 'a-b': [1, true, { deep: null }], none: undefined, 'w"': {} })).toBe(
    `{ name: 'it\\'s', 'a-b': [1, true, { deep: null }], 'w"': {} }`,
  );
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      // A key __proto__ means something else in a literal, and -0 is 0 in JSON.
      fc.pre(!JSON.stringify(value).includes('__proto__'));
      expect(JSON.stringify(new Function(`return ${literal(value)}`)())).toBe(JSON.stringify(value));
    }),
    { seed: 1 },
  );
});

test.each([
  ['web', 'web'],
  ['shop_api', 'shopApi'],
  ['my-service.2', 'myService2'],
  ['2nd', 'service2nd'],
])('the variable of a service %s is %s', (name, variable) => {
  expect(identifier(name)).toBe(variable);
});
