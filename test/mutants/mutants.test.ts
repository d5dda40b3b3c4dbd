import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ModuleTree } from '../../scripts/mutants/module-tree.ts';
import { mutantsOf, mutate } from '../../scripts/mutants/mutant.ts';
import { TestList } from '../../scripts/mutants/test-list.ts';

/** What becomes of a piece of code, by operator. */
function mutated(code: string): string[] {
  return mutantsOf('src/x.ts', code).map((mutant) => `${mutant.operator}: ${mutate(code, mutant.edit)}`);
}

describe('a mutant', () => {
  test.each([
    ['a < b;', ['statement: ;', 'comparison: a <= b;', 'comparison: a >= b;']],
    ['x = a + b;', ['statement: ;', 'arithmetic: x = a - b;']],
    ["x = 'a' + b;", ['statement: ;', "constant: x = '' + b;"]],
    ['x = !a && b;', ['statement: ;', 'boolean operator: x = !a || b;', 'boolean operator: x = (a) && b;']],
    ['x = a ?? b;', ['statement: ;', 'boolean operator: x = (a);']],
    ['if (a) b = c;', ['condition: if (true) b = c;', 'condition: if (false) b = c;', 'statement: if (a) ;']],
    ['while (a) {}', ['condition: while (false) {}']],
    ['const f = () => a;', ['return value: const f = () => undefined;']],
    ['x = a?.b;', ['statement: ;', 'optional chaining: x = a.b;']],
    ['x = a?.[b];', ['statement: ;', 'optional chaining: x = a[b];']],
    ['x = a.filter(b);', ['statement: ;', 'method: x = a;']],
    ['x = a.some(b);', ['statement: ;', 'method: x = a.every(b);']],
    ['x = 3;', ['statement: ;', 'constant: x = (3 + 1);']],
  ])('of %s is one thing changed', (code, expected) => {
    expect(mutated(code)).toEqual(expected);
  });

  test('is not made of types, imports, exports, assertions and throws', () => {
    const code = [
      "import { a } from 'b';",
      "export { a } from 'b';",
      "type T = 'a' | 1;",
      "assert(a < b, 'text');",
      "throw new Error('text');",
    ].join('\n');

    expect(mutated(code)).toEqual([]);
  });

  test('keeps its id when the file changes elsewhere', () => {
    const ids = (code: string) => mutantsOf('src/x.ts', code).map(({ id }) => id);

    const [first, ...rest] = ids('x = a < b;\ny = 1;');

    expect(ids('z = 2;\n\ny = 1;\nx = a < b;')).toEqual(expect.arrayContaining([first, ...rest]));
    expect(new Set(ids('x = a < b;\nx = a < b;')).size).toBe(6);
  });
});

describe('modules with a change', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const entry = 'src/base/index.ts';
  const path = 'src/base/compare.ts';

  test('are evaluated afresh, and those without it are what they were', () => {
    const tree = new ModuleTree(root, {});
    const compareText = (text: string) =>
      (tree.importer({ path, text })(entry) as { compareText(a: string, b: string): unknown }).compareText('a', 'b');

    expect(compareText('export const compareText = () => 77;')).toBe(77);
    expect(compareText('export const compareText = () => 78;')).toBe(78);
  });
});

test('tests are collected as vitest would run them', () => {
  const list = new TestList();
  const ran: unknown[] = [];

  list.describe('a group', () => {
    list.test('one', () => ran.push('one'));
    list.test('with a limit', { timeout: 5 }, () => ran.push('two'));
    list.test.each([[1, 2], 3])('each %s', (...values: unknown[]) => ran.push(values));
  });
  for (const run of list.tests) run();

  expect(ran).toEqual(['one', 'two', [1, 2], [3]]);
});
