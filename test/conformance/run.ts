/**
 * Replays golden vectors: `npm run conformance -- [--seed N] [--verbose] [<file or folder>...]`, by default the
 * copies beside this file. Prints a line for each family, each failing vector with its first difference, and last
 * `N passed, M failed`. The exit code is 1 if any failed, 2 if nothing could be replayed.
 */
import { statSync } from 'node:fs';
import { catalogue } from './catalogue.ts';
import type { Family } from './family.ts';
import { describeDifference, openVectors, replay, VECTORS, vectorFiles } from './replay.ts';

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
  for (const file of options.places.flatMap(vectorFiles)) {
    const opened = openVectors(file);
    if (typeof opened === 'string') {
      unknown.push(`${file}: ${opened}`);
      continue;
    }
    const { family, cases } = opened;
    const tally = tallies.get(family) ?? { passed: 0, inexact: 0, failed: 0, files: 0 };
    tallies.set(family, tally);
    tally.files += 1;
    for (const vector of cases) {
      const verdict = replay(vector, options.seed);
      tally[verdict.kind] += 1;
      if (verdict.kind === 'failed')
        console.log(`FAILED ${family.name} ${vector.id}: ${describeDifference(verdict.difference)}`);
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
    places: places.length > 0 ? places : [VECTORS],
  };
}

function counts(tally: Tally): string {
  const inexact = tally.inexact > 0 ? `, ${tally.inexact} inexact` : '';
  return `${tally.passed} passed, ${tally.failed} failed${inexact}`;
}

process.exitCode = main(process.argv.slice(2));
