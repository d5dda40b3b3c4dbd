import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VectorInput } from '../../support/orchestration/input.ts';
import { OrchestrationWorld } from '../../support/orchestration/world.ts';
import type { Scenario } from '../scenario.ts';

/** Of so many files one is taken. */
const FOLDERS: readonly [folder: string, step: number][] = [
  ['orchestration', 40],
  ['orchestration-latency', 13],
];
const SEEDS = [1, 2, 3];

/** What every commit of a control plane changed, and when. */
export const orchestration: Scenario = {
  name: 'orchestration',
  run: () => inputs().flatMap((input) => SEEDS.map((seed) => outcomeOf(input, seed))),
};

function inputs(): VectorInput[] {
  return FOLDERS.flatMap(([name, step]) => {
    const folder = join('test/conformance/vectors', name);
    const files = readdirSync(folder).sort();
    return files
      .filter((_, position) => position % step === 0)
      .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).input);
  });
}

function outcomeOf(input: VectorInput, seed: number): unknown {
  const happened: unknown[] = [];
  const listener = {
    committed: (...commit: unknown[]) => void happened.push(commit),
    refused: (...refusal: unknown[]) => void happened.push(refusal),
  };
  new OrchestrationWorld(input, { seed, listener }).run();
  return happened;
}
