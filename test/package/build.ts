/** Builds the package and installs the packed tarball where the tests use it, once for all of them. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONSUMER, IN_RUNNER, INSTALLED, PLAIN_SPECIFIERS, ROOT, run, SPECIFIERS, TARBALL } from './consumer.ts';

export default function build(): void {
  rmSync(CONSUMER, { recursive: true, force: true });
  mkdirSync(INSTALLED, { recursive: true });
  run('npm run build', ROOT);
  const name = run(`npm pack --ignore-scripts --silent --pack-destination "${CONSUMER}"`, ROOT).trim();
  renameSync(join(CONSUMER, name), TARBALL);
  run(`tar -xzf "${TARBALL}" --strip-components 1`, INSTALLED);
  writeConsumer();
}

function writeConsumer(): void {
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(CONSUMER, name), `${lines.join('\n')}\n`);
  const list = JSON.stringify(PLAIN_SPECIFIERS);
  const tell = 'console.log(JSON.stringify(modules.map((module) => Object.keys(module).sort())));';
  write('keys.mjs', [`const modules = await Promise.all(${list}.map((specifier) => import(specifier)));`, tell]);
  write('keys.cjs', [`const modules = ${list}.map((specifier) => require(specifier));`, tell]);

  const importing = (specifiers: readonly string[]) => [
    ...specifiers.map((specifier, index) => `import * as module${index} from '${specifier}';`),
    `export const modules = [${specifiers.map((_, index) => `module${index}`).join(', ')}];`,
  ];
  write('types.mts', importing(PLAIN_SPECIFIERS));
  write('types.cts', importing(PLAIN_SPECIFIERS));
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2022'],
    module: 'NodeNext',
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };
  write('tsconfig.json', [JSON.stringify({ compilerOptions, files: ['types.mts', 'types.cts'] })]);

  // The runner's own declarations need Node's, and its matchers are declared once in a program: by one of the two forms.
  for (const extension of ['mts', 'cts']) {
    write(`runner.${extension}`, importing(IN_RUNNER));
    const runnerOptions = { ...compilerOptions, types: ['node'] };
    write(`tsconfig.runner-${extension}.json`, [
      JSON.stringify({ compilerOptions: runnerOptions, files: [`runner.${extension}`] }),
    ]);
  }

  write('vitest.config.mjs', ['export default {};']);
  write('kit.test.mjs', [
    "import { createSwarm } from 'dryswarm';",
    "import { test } from 'dryswarm/vitest';",
    "import { expect } from 'vitest';",
    "test('the kit works', ({ swarm }) => {",
    '  swarm.runUntilSettled();',
    '  expect(swarm).toHaveConverged();',
    '});',
    "test('the kit is one with the rest', () => expect(createSwarm()).toHaveLeader('m1'));",
  ]);

  for (const specifier of SPECIFIERS) {
    const name = specifier.replace('/', '-');
    write(`browser-${name}.mjs`, [`export * from '${specifier}';`]);
  }
}
