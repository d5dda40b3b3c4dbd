/** Finds files of golden vectors and replays what is in them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogue } from './catalogue.ts';
import type { Difference, Family, VectorCase, Verdict } from './family.ts';

/** The copies that are kept here. */
export const VECTORS = fileURLToPath(new URL('./vectors', import.meta.url));

/** The files in a folder and those below it, in a fixed order; a file stands for itself. */
export function vectorFiles(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(place, entry.name);
      if (entry.isDirectory()) return vectorFiles(path);
      return entry.name.endsWith('.json') ? [path] : [];
    });
}

/** What is in a file, by its content alone, or why nothing can be made of it. */
export function openVectors(file: string): { readonly family: Family; readonly cases: readonly VectorCase[] } | string {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return `not JSON: ${(error as Error).message}`;
  }
  const family = catalogue.find((candidate) => candidate.recognises(content));
  return family ? { family, cases: family.cases(content) } : 'no family of the catalogue recognises this content';
}

export function replay(vector: VectorCase, seed: number): Verdict {
  try {
    return vector.run({ seed });
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'failed', difference: { where: 'exception', expected: 'a result', got: text } };
  }
}

export function describeDifference(difference: Difference): string {
  const at = difference.at === undefined ? '' : `at ${difference.at} ms, `;
  return `${at}${difference.where}\n    expected ${show(difference.expected)}\n    got      ${show(difference.got)}`;
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 1200 ? `${text.slice(0, 1200)}…` : text;
}
