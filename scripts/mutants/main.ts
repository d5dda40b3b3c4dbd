/**
 * Makes the source wrong in many ways, one at a time, and counts how many of them something notices:
 * `npm run test:mutants -- [--seed N] [--area NAME] [--results FILE] [--page]`.
 *
 * The exit code is 1 if less than 90 % were caught, or if nothing says why one of those that were not may live on.
 * `--results` keeps in a file what was caught, and does not try that again. `--page` writes
 * `docs/internals/mutants.md`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AREAS, type Trial } from './areas.ts';
import { Compiler } from './compiler.ts';
import { draw } from './draw.ts';
import { mutate } from './mutant.ts';
import { pageOf } from './page.ts';
import { nameOf, type Result, scoreOf } from './result.ts';
import { SURVIVORS } from './survivors.ts';
import { type Request, TrialRunner } from './trial-runner.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = join(ROOT, 'docs/internals/mutants.md');
const LEAST_SCORE = 0.9;

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    area: { type: 'string', multiple: true },
    results: { type: 'string' },
    page: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const areas = AREAS.filter(({ name }) => options.area?.includes(name) ?? true);
  const known = knownCatches();
  const compiler = new Compiler(ROOT);
  const results: Result[] = areas.flatMap((area) =>
    draw(ROOT, area, { seed: Number(options.seed), compiler }).map((mutant) => ({
      area,
      mutant,
      caughtBy: known[mutant.id],
    })),
  );
  await tryAll(results);
  conclude(results);
}

/** All that is cheap comes before all that is dear: the score is known early, and only gets better. */
async function tryAll(results: readonly Result[]): Promise<void> {
  const runner = new TrialRunner();
  for (let round = 0; round < Math.max(...AREAS.map(({ trials }) => trials.length)); round += 1) {
    for (const result of results) {
      const { area, mutant, caughtBy } = result;
      const trial = area.trials[round];
      if (caughtBy !== undefined || trial === undefined) continue;
      const text = readFileSync(join(ROOT, mutant.path), 'utf8');
      await requirePassing(runner, { trial, change: { path: mutant.path, text } });
      if (!(await runner.passes({ trial, change: { path: mutant.path, text: mutate(text, mutant.edit) } }))) {
        result.caughtBy = trial.kind;
        keep(results);
      }
      console.log(`${result.caughtBy ? 'caught' : 'alive '} ${nameOf(result)}`);
    }
    console.log(summaryOf(results));
  }
  await runner.stop();
}

const passing = new Set<Trial>();

/** A trial that fails without any mutant says nothing about one. */
async function requirePassing(runner: TrialRunner, request: Request): Promise<void> {
  const { trial } = request;
  if (passing.has(trial)) return;
  if (!(await runner.passes(request)))
    throw new Error(`${trial.kind} ${trial.places.join(' ')}: fails without any mutant`);
  passing.add(trial);
}

function conclude(results: readonly Result[]): void {
  const unexplained = results.filter(({ caughtBy, mutant }) => caughtBy === undefined && !SURVIVORS[mutant.id]);
  for (const result of unexplained) console.log(`no reason for ${nameOf(result)}`);
  console.log(summaryOf(results));
  if (options.page) writeFileSync(PAGE, pageOf(results, Number(options.seed)));
  if (scoreOf(results) < LEAST_SCORE || unexplained.length > 0) process.exitCode = 1;
}

function summaryOf(results: readonly Result[]): string {
  const caught = results.filter(({ caughtBy }) => caughtBy !== undefined);
  return `${caught.length} of ${results.length} caught: ${(scoreOf(results) * 100).toFixed(1)} %`;
}

function keep(results: readonly Result[]): void {
  if (options.results === undefined) return;
  const caught = results.flatMap(({ mutant, caughtBy }) => (caughtBy ? [[mutant.id, caughtBy]] : []));
  writeFileSync(options.results, JSON.stringify(Object.fromEntries(caught), undefined, 1));
}

function knownCatches(): Record<string, Result['caughtBy']> {
  const { results } = options;
  return results && existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {};
}

await main();
