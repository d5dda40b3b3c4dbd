import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from '../../src/sim/index.ts';
import type { Area } from './areas.ts';
import type { Compiler } from './compiler.ts';
import { type Mutant, mutantsOf, mutate } from './mutant.ts';

/**
 * The mutants of an area that a seed draws, of those that the compiler takes: no others could ever be committed. To edit
 * one file hardly moves what is drawn of the others.
 */
export function draw(root: string, area: Area, { seed, compiler }: { seed: number; compiler: Compiler }): Mutant[] {
  const texts = new Map(area.sources.flatMap((place) => filesIn(root, place)).map((path) => [path, read(root, path)]));
  const all = [...texts].flatMap(([path, text]) => mutantsOf(path, text));
  const lots = new Map(all.map((mutant) => [mutant, hashOf([seed, mutant.id])]));
  const drawn = new Set<Mutant>();
  for (const mutant of [...all].sort((a, b) => (lots.get(a)! < lots.get(b)! ? -1 : 1))) {
    if (drawn.size === area.draws) break;
    const { path, edit } = mutant;
    if (compiler.takes({ path, text: mutate(texts.get(path)!, edit) })) drawn.add(mutant);
  }
  return all.filter((mutant) => drawn.has(mutant));
}

function filesIn(root: string, place: string): string[] {
  if (statSync(join(root, place)).isFile()) return [place];
  const entries = readdirSync(join(root, place), { recursive: true, encoding: 'utf8' });
  return entries
    .filter((entry) => entry.endsWith('.ts') && !entry.endsWith('index.ts'))
    .map((entry) => join(place, entry))
    .sort();
}

function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
