import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkCalls } from './checks/calls.ts';
import { checkCycles } from './checks/cycles.ts';
import { checkExports } from './checks/exports.ts';
import { checkLayers } from './checks/layers.ts';
import { checkPackages } from './checks/packages.ts';
import { checkSize } from './checks/size.ts';
import { checkTests } from './checks/tests.ts';
import { readTree } from './source-file.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const files = readTree(root, ['src', 'test', 'bench', 'examples', 'scripts']);

test.each([
  ['a folder imports only folders of lower rank that the table names, through their index', checkLayers],
  ['each package is imported in its places only, and node: only where Node is', checkPackages],
  ['no import leads back to where it started', checkCycles],
  ['nothing in the core depends on the machine, the clock or real chance', checkCalls],
  ['no file of src is too long to be read at once', checkSize],
  ['what is exported is imported somewhere', checkExports],
  ['no test is left out', checkTests],
])('%s', (_fact, check) => {
  expect(check(files)).toEqual([]);
});
