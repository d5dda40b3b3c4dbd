import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { THIRD_PARTIES } from './rules.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifest: { readonly dependencies: object; readonly devDependencies: object; readonly exports: object } =
  JSON.parse(read('package.json'));

test('no registry is named: whoever installs chooses it', () => {
  expect(read('.npmrc')).not.toMatch(/registry\s*=/);
  expect(read('package-lock.json')).not.toContain('"resolved": "http');
});

test('every package that src may import is declared, and every dependency has its places in src', () => {
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(declared).toEqual(expect.arrayContaining(Object.keys(THIRD_PARTIES)));
  expect(Object.keys(THIRD_PARTIES)).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
});

test('each subpath is there for import and for require, with declarations of its own for both', () => {
  const { './package.json': itself, ...subpaths } = manifest.exports as Record<string, unknown>;
  expect(itself).toBe('./package.json');
  for (const [subpath, target] of Object.entries(subpaths)) {
    const name = subpath === '.' ? 'index' : subpath.slice(2);
    expect(target, subpath).toEqual({
      import: { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
      require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
    });
  }
});
