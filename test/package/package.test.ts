import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'tsup';
import { describe, expect, test } from 'vitest';
import { RandomStreams } from '../../src/sim/index.ts';
import { BROWSER_SPECIFIERS, CONSUMER, INSTALLED, PLAIN_SPECIFIERS, ROOT, run, sourceOf, TARBALL } from './consumer.ts';

describe('the packed tarball', () => {
  test('has nothing that publint warns of', () => {
    run(`npx --no-install publint run "${TARBALL}" --strict`, ROOT);
  });

  test('has types that every way of resolving finds, but the one of Node 10, which knows no subpaths', () => {
    run(`npx --no-install attw "${TARBALL}" --profile node16`, ROOT);
  });

  test.each(['keys.mjs', 'keys.cjs'])('exports what the source exports: %s', async (script) => {
    const expected = await Promise.all(
      PLAIN_SPECIFIERS.map(async (specifier) => Object.keys(await import(sourceOf(specifier)))),
    );
    const keys: string[][] = JSON.parse(run(`"${process.execPath}" ${script}`, CONSUMER));
    expect(keys).toEqual(expected.map((names) => names.sort()));
  });

  test('works as a kit for vitest', () => {
    run(
      `npx --no-install vitest run --root "${CONSUMER}" --config "${join(CONSUMER, 'vitest.config.mjs')}" kit.test.mjs`,
      ROOT,
    );
  });

  test.each([
    ['by themselves, for import and for require', 'tsconfig.json'],
    ['with the test runner, for import', 'tsconfig.runner-mts.json'],
    ['with the test runner, for require', 'tsconfig.runner-cts.json'],
  ])('has declarations that are complete %s', (_how, project) => {
    run(`npx --no-install tsc -p "${join(CONSUMER, project)}"`, ROOT);
  });
});

describe('the dryswarm command', () => {
  test('is installed, and knows its version', () => {
    const { bin, version } = JSON.parse(readFileSync(join(INSTALLED, 'package.json'), 'utf8'));
    expect(run(`"${process.execPath}" "${join(INSTALLED, bin.dryswarm)}" --version`, CONSUMER)).toBe(`${version}\n`);
  });
});

/** What the package needs of a browser beyond the language. */
const WEB = { TextEncoder, TextDecoder };

describe('in a browser', () => {
  test.each(BROWSER_SPECIFIERS)('%s needs no module of Node, loads, and has all its exports', async (specifier) => {
    const script = await bundleForBrowser(specifier);
    expect(script.match(/\b__require\("[^"]*"\)/g) ?? []).toEqual([]);
    const page = createContext({ ...WEB });
    runInContext(script, page);
    const names: string[] = runInContext('Object.keys(bundle)', page);
    expect([...names].sort()).toEqual(Object.keys(await import(sourceOf(specifier))).sort());
  });

  test('dryswarm/sim draws the same numbers as here', async () => {
    const page = createContext({ ...WEB });
    runInContext(await bundleForBrowser('dryswarm/sim'), page);
    const drawn = runInContext(`new bundle.RandomStreams(1).stream('a').next()`, page);
    expect(drawn).toBe(new RandomStreams(1).stream('a').next());
  });
});

/** The subpath and all its dependencies in one script. What cannot be in it is left as a call of `__require`. */
async function bundleForBrowser(specifier: string): Promise<string> {
  const name = `browser-${specifier.replace('/', '-')}`;
  const outDir = join(CONSUMER, 'browser');
  await build({
    config: false,
    entry: { [name]: join(CONSUMER, `${name}.mjs`) },
    outDir,
    format: 'iife',
    globalName: 'bundle',
    platform: 'browser',
    target: 'es2022',
    noExternal: [/./],
    silent: true,
  });
  return readFileSync(join(outDir, `${name}.global.js`), 'utf8');
}
