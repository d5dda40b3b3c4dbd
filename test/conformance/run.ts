/**
 * Replays golden vectors: `npm run conformance -- [--seed N] [--verbose] [<file or folder>...]`, by default the
 * copies beside this file. Prints a line for each family, each failing vector with its first difference, and last
 * `N passed, M failed`. The exit code is 1 if any failed, 2 if nothing could be replayed.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogue } from './catalogue.ts';
import type { Difference, Family, VectorCase, Verdict } from './family.ts';

interface Tally {
  passed: number;
  inexact: number;
  failed: number;
  files: number;
}

function main(argv: readonly string[]): number {
  const options = parseArguments(argv);
  if (typeof options === 'string') {
    console.error(options);
    return 2;
  }
  const tallies = new Map<Family, Tally>();
  const unknown: string[] = [];
  for (const file of options.places.flatMap(jsonFiles)) {
    let content: unknown;
    try {
      content = JSON.parse(readFileSync(file, 'utf8'));
    } catch (error) {
      unknown.push(`${file}: not JSON: ${(error as Error).message}`);
      continue;
    }
    const family = catalogue.find((candidate) => candidate.recognises(content));
    if (!family) {
      unknown.push(`${file}: no family of the catalogue recognises this content`);
      continue;
    }
    const tally = tallies.get(family) ?? { passed: 0, inexact: 0, failed: 0, files: 0 };
    tallies.set(family, tally);
    tally.files += 1;
    for (const vector of family.cases(content)) {
      const verdict = replay(vector, options.seed);
      tally[verdict.kind] += 1;
      if (verdict.kind === 'failed') console.log(`FAILED ${family.name} ${vector.id}: ${describe(verdict.difference)}`);
      else if (options.verbose) console.log(`${verdict.kind} ${family.name} ${vector.id}`);
    }
  }
  for (const family of catalogue) {
    const tally = tallies.get(family);
    if (tally) console.log(`${family.name}: ${counts(tally)} (${tally.files} ${tally.files === 1 ? 'file' : 'files'})`);
  }
  for (const line of unknown) console.log(`FAILED unrecognised ${line}`);
  const total: Tally = { passed: 0, inexact: 0, failed: unknown.length, files: 0 };
  for (const tally of tallies.values()) {
    total.passed += tally.passed;
    total.inexact += tally.inexact;
    total.failed += tally.failed;
  }
  console.log(counts(total));
  if (total.failed > 0) return 1;
  return total.passed + total.inexact > 0 ? 0 : 2;
}

function parseArguments(
  argv: readonly string[],
): { seed: number; verbose: boolean; places: readonly string[] } | string {
  const places: string[] = [];
  let seed = 1;
  let verbose = false;
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index]!;
    if (argument === '--seed') {
      index += 1;
      seed = Number(argv[index]);
      if (!Number.isInteger(seed)) return `--seed takes a whole number, not ${argv[index] ?? 'nothing'}`;
    } else if (argument === '--verbose') verbose = true;
    else if (argument.startsWith('-'))
      return `unknown option ${argument}; usage: conformance [--seed N] [--verbose] [<file or folder>...]`;
    else places.push(argument);
  }
  for (const place of places) {
    if (!statSync(place, { throwIfNoEntry: false })) return `${place}: no such file or folder`;
  }
  return {
    seed,
    verbose,
    places: places.length > 0 ? places : [join(dirname(fileURLToPath(import.meta.url)), 'vectors')],
  };
}

function jsonFiles(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(place, entry.name);
      if (entry.isDirectory()) return jsonFiles(path);
      return entry.name.endsWith('.json') ? [path] : [];
    });
}

function replay(vector: VectorCase, seed: number): Verdict {
  try {
    return vector.run({ seed });
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'failed', difference: { where: 'exception', expected: 'a result', got: text } };
  }
}

function describe(difference: Difference): string {
  const at = difference.at === undefined ? '' : `at ${difference.at} ms, `;
  return `${at}${difference.where}\n    expected ${show(difference.expected)}\n    got      ${show(difference.got)}`;
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 1200 ? `${text.slice(0, 1200)}…` : text;
}

function counts(tally: Tally): string {
  const inexact = tally.inexact > 0 ? `, ${tally.inexact} inexact` : '';
  return `${tally.passed} passed, ${tally.failed} failed${inexact}`;
}

process.exitCode = main(process.argv.slice(2));
