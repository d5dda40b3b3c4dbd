/** A thread that holds one change of the source after the other against trials, as `TrialRunner` asks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { expect } from 'vitest';
import type { Family } from '../../test/conformance/family.ts';
import { ModuleTree } from './module-tree.ts';
import { TestList } from './test-list.ts';
import type { Request } from './trial-runner.ts';

/** Any will do: `test/conformance/conformance.test.ts` says why. */
const SEED = 1;

const ROOT = workerData as string;
const list = new TestList();
const { test, describe } = list;
const modules = new ModuleTree(ROOT, { vitest: { expect, test, it: test, describe } });

function passes({ trial, change }: Request): boolean {
  try {
    const load = modules.importer(change);
    if (trial.kind === 'vectors') return vectorsPass(trial.places, load);
    return testsPass(trial.places, load);
  } catch {
    return false;
  }
}

function vectorsPass(folders: readonly string[], load: (path: string) => unknown): boolean {
  const { catalogue } = load('test/conformance/catalogue.ts') as { readonly catalogue: readonly Family[] };
  return folders
    .flatMap((folder) => filesUnder(`test/conformance/vectors/${folder}`, '.json'))
    .every((file) => {
      const content: unknown = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
      const cases = catalogue.find((family) => family.recognises(content))!.cases(content);
      return cases.every((vector) => vector.run({ seed: SEED }).kind !== 'failed');
    });
}

/** They throw where they fail. */
function testsPass(places: readonly string[], load: (path: string) => unknown): true {
  for (const file of places.flatMap((place) => filesUnder(place, '.test.ts'))) {
    list.tests.length = 0;
    load(file);
    for (const run of list.tests) run();
  }
  return true;
}

/** In a fixed order. */
function filesUnder(folder: string, extension: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => `${folder}/${name}`)
    .sort();
}

parentPort!.on('message', (request: Request) => parentPort!.postMessage(passes(request)));
