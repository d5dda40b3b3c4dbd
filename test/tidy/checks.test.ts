import { describe, expect, test } from 'vitest';
import { checkCalls } from './checks/calls.ts';
import { checkCycles } from './checks/cycles.ts';
import { checkExports } from './checks/exports.ts';
import { checkLayers } from './checks/layers.ts';
import { checkPackages } from './checks/packages.ts';
import { checkSize } from './checks/size.ts';
import { checkTests } from './checks/tests.ts';
import { FOLDERS, MAX_LINES } from './rules.ts';
import { parseSource, type SourceFile } from './source-file.ts';

type Check = (files: readonly SourceFile[]) => string[];

/** What a check says of these files, given by path. */
function problems(check: Check, files: Readonly<Record<string, string>>): string[] {
  return check(Object.entries(files).map(([path, text]) => parseSource(path, text)));
}

/** What a check says of one line at some place. */
function problem(check: Check, path: string, line: string): string | undefined {
  return problems(check, { [path]: line })[0];
}

describe('the table of folders', () => {
  test('names only folders of lower rank', () => {
    for (const { rank, uses } of Object.values(FOLDERS)) {
      for (const name of uses === 'lower' ? [] : uses) expect(FOLDERS[name]!.rank).toBeLessThan(rank);
    }
  });
});

describe('the layers check', () => {
  const at = (path: string, specifier: string) => problem(checkLayers, path, `import { x } from '${specifier}';`);

  test('lets a folder use a named one through its index, and its own files', () => {
    expect(at('src/store/by.ts', '../api/index.ts')).toBeUndefined();
    expect(at('src/swarm/machine.ts', '../manager/index.ts')).toBeUndefined();
    expect(at('src/manager/manager.ts', './scheduler/index.ts')).toBeUndefined();
    expect(at('src/manager/scheduler/pass.ts', '../rank.ts')).toBeUndefined();
    expect(at('src/index.ts', './swarm/index.ts')).toBeUndefined();
  });

  test.each([
    ['src/api/objects.ts', '../store/index.ts', 'api may not use store'],
    ['src/raft/log.ts', '../sim/index.ts', 'raft may not use sim'],
    ['src/sim/trace.ts', '../raft/index.ts', 'sim may not use raft'],
    ['src/report/text.ts', '../vitest/index.ts', 'report may not use vitest'],
    ['src/index.ts', './compose/index.ts', 'the front door may not use compose'],
    ['src/store/by.ts', '../api/objects.ts', 'other folders go through src/api/index.ts'],
    ['src/store/by.ts', './index.ts', 'a file never imports the index of a folder that it is in'],
    ['src/manager/scheduler/pass.ts', './index.ts', 'a file never imports the index of a folder that it is in'],
    ['src/manager/scheduler/pass.ts', '../index.ts', 'a file never imports the index of a folder that it is in'],
    ['src/store/by.ts', '../api', 'relative imports end in .ts'],
    ['src/cli/main.ts', '../index.ts', 'the front door is for users'],
    ['src/sim/trace.ts', '../../test/support/runs.ts', 'it is outside of src'],
    ['src/novelty/thing.ts', '../base/index.ts', 'the folder novelty has no line in the table'],
    ['src/swarm/machine.ts', '../novelty/index.ts', 'the folder novelty has no line in the table'],
  ])('tells that %s imports %s', (path, specifier, reason) => {
    expect(at(path, specifier)).toBe(`${path}:1 imports ${specifier}: ${reason}`);
  });

  test.each([
    `import type { X } from '../store/index.ts';`,
    `import { type X } from '../store/index.ts';`,
    `import '../store/index.ts';`,
    `export { x } from '../store/index.ts';`,
    `export * from '../store/index.ts';`,
    `export type X = import('../store/index.ts').X;`,
    `const x = import('../store/index.ts');`,
  ])('sees %s', (line) => {
    expect(problem(checkLayers, 'src/api/objects.ts', line)).toContain('api may not use store');
  });
});

describe('the packages check', () => {
  const at = (path: string, specifier: string) => problem(checkPackages, path, `import x from '${specifier}';`);

  test('lets each package into its places', () => {
    expect(at('src/sim/random.ts', 'seedrandom/lib/alea.js')).toBeUndefined();
    expect(at('src/compose/yaml/parse.ts', 'yaml')).toBeUndefined();
    expect(at('src/cli/main.ts', 'node:fs')).toBeUndefined();
    expect(at('src/engine-api/listen.ts', 'node:http')).toBeUndefined();
  });

  test.each([
    ['src/sim/trace.ts', 'seedrandom'],
    ['src/raft/log.ts', 'immer'],
    ['src/report/html.ts', 'yaml'],
    ['src/compose/load.ts', 'commander'],
    ['src/sim/trace.ts', 'vitest'],
    ['src/sim/trace.ts', 'fast-check'],
    ['src/sim/trace.ts', '@scope/unheard-of/deep'],
    ['src/compose/load.ts', 'node:fs'],
    ['src/engine-api/router.ts', 'node:http'],
  ])('tells that %s imports %s', (path, specifier) => {
    expect(at(path, specifier)).toContain(`${path}:1 imports ${specifier}`);
  });
});

describe('the cycles check', () => {
  test('follows types, re-exports and folders', () => {
    const files = {
      'src/a/one.ts': `import type { Two } from './two.ts';`,
      'src/a/two.ts': `export * from '../b/three.ts';`,
      'src/b/three.ts': `export type One = import('../a/one.ts').One;`,
      'src/b/four.ts': `import { three } from './three.ts';`,
    };
    expect(problems(checkCycles, files)).toEqual([
      'cycle: src/a/one.ts -> src/a/two.ts -> src/b/three.ts -> src/a/one.ts',
    ]);
  });

  test('has nothing against two ways to one file', () => {
    const files = {
      'src/a/one.ts': `import './two.ts'; import './three.ts';`,
      'src/a/two.ts': `import './three.ts';`,
      'src/a/three.ts': '',
    };
    expect(problems(checkCycles, files)).toEqual([]);
  });
});

describe('the calls check', () => {
  const at = (line: string) => problem(checkCalls, 'src/sim/trace.ts', line);

  test.each([
    'Date.now()',
    'new Date()',
    'new Date',
    'Date()',
    'performance.now()',
    'setTimeout(f, 1)',
    'globalThis.setTimeout(f, 1)',
    'setInterval(f, 1)',
    'Math.random()',
    'Math.log(2)',
    'crypto.randomUUID()',
    'process.hrtime()',
    'process.env.SEED',
    'Buffer.from(x)',
    'async () => 1',
    'async function f() {}',
    'class C { async m() {} }',
    'await x',
    'for await (const x of y) {}',
    'let p: Promise<number>',
    'new Promise(f)',
    'a.localeCompare(b)',
    'n.toLocaleString()',
    'new Intl.NumberFormat()',
    'console.log(1)',
  ])('tells of %s', (line) => {
    expect(at(line)).toMatch(/^src\/sim\/trace\.ts:1 uses /);
  });

  test.each([
    'new Date(0).toISOString()',
    'Date.UTC(2000, 1, 0)',
    'Math.floor(1.5)',
    'this.process',
    'const options = { process: 1, performance: 2 }',
    'interface Task { process: number }',
    'function f(process: number) { return process; }',
    'for (const { process } of all) use(process)',
    '// Date.now() and await in words',
    'const text = "Promise";',
  ])('has nothing against %s', (line) => {
    expect(at(line)).toBeUndefined();
  });

  test('leaves the adapters to real time alone', () => {
    expect(problem(checkCalls, 'src/cli/main.ts', 'await Promise.resolve(Date.now())')).toBeUndefined();
  });
});

describe('the size check', () => {
  test('counts the lines of a file of src', () => {
    const line = 'export {};\n';
    expect(problem(checkSize, 'src/a/long.ts', line.repeat(MAX_LINES))).toBeUndefined();
    expect(problem(checkSize, 'src/a/long.ts', line.repeat(MAX_LINES + 1))).toContain(`has ${MAX_LINES + 1} lines`);
  });
});

describe('the exports check', () => {
  const used = { 'src/b/user.ts': `import { one } from '../a/file.ts';` };

  test('tells of what no other file imports', () => {
    const files = {
      ...used,
      'src/a/file.ts': 'export const one = 1;\nexport function two() {}\nexport class Three {}',
    };
    expect(problems(checkExports, files)).toEqual([
      'src/a/file.ts:2 exports two, which no other file imports',
      'src/a/file.ts:3 exports Three, which no other file imports',
    ]);
  });

  test('tells of a type only where its own file has no use for it either', () => {
    const files = { ...used, 'src/a/file.ts': 'export interface A {}\nexport type B = A;\nexport const one: A = {};' };
    expect(problems(checkExports, files)).toEqual(['src/a/file.ts:2 exports B, which no other file imports']);
  });

  test('counts whatever an index passes on as used', () => {
    const files = { 'src/a/file.ts': 'export const one = 1;', 'src/a/index.ts': `export * from './file.ts';` };
    expect(problems(checkExports, files)).toEqual([]);
  });
});

describe('the tests check', () => {
  test.each([
    'test.only("a", f)',
    'describe.skip("a", f)',
    'it.todo("a")',
    'test.only.each([])("a", f)',
    'context.skip()',
  ])('tells of %s', (line) => {
    expect(problem(checkTests, 'test/unit/a.test.ts', line)).toContain('test/unit/a.test.ts:1 uses ');
  });

  test('lets a test say why it cannot run', () => {
    expect(problem(checkTests, 'test/unit/a.test.ts', 'context.skip("no Chromium here")')).toBeUndefined();
    expect(problem(checkTests, 'test/unit/a.test.ts', 'test("a", f)')).toBeUndefined();
  });
});
