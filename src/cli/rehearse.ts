/** What `evaluate` and `run` have in common: many rehearsals, and the report of them. */
import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { DryswarmError } from '../base/index.ts';
import {
  DEFAULT_SEEDS,
  evaluate,
  type Gate,
  MAX_SEEDS,
  onWorkers,
  parseGate,
  type ScenarioResult,
  VERSION,
} from '../evaluate/index.ts';
import {
  evaluationAnnotations,
  evaluationJson,
  evaluationJunit,
  evaluationSummary,
  evaluationText,
  PLAIN,
} from '../report/index.ts';
import type { LoadedInputs } from './inputs.ts';
import { COLOURS } from './palette.ts';
import { type Reporter, reporterOption, writeSummary } from './reporters.ts';
import { showOption, showRehearsals, type View } from './show.ts';
import type { Terminal } from './terminal.ts';

export interface RehearseOptions {
  readonly seeds?: number;
  readonly seed: number;
  readonly failOn?: readonly Gate[];
  readonly workers: number;
  readonly reporter: Reporter;
  readonly json?: boolean;
  readonly show?: View;
}

const MAX_WORKERS = 64;

/** Adds the options of {@link RehearseOptions}. */
export function withRehearseOptions(command: Command): Command {
  return command
    .option('--seeds <n>', `how many seeds to rehearse with (default: ${DEFAULT_SEEDS})`, numberUpTo(MAX_SEEDS))
    .option('--seed <n>', 'the first seed', numberUpTo(Number.MAX_SAFE_INTEGER - MAX_SEEDS), 1)
    .option('--fail-on <condition>', "what must not happen, such as 'lowest running < 4' or stuck (repeat)", gathered)
    .option('--workers <n>', 'how many threads rehearse', numberUpTo(MAX_WORKERS), availableParallelism())
    .addOption(showOption())
    .addOption(reporterOption())
    .option('--json', 'the same as --reporter json');
}

/** Rehearses, prints, and returns the exit code. `again`: the words that name the same to `dryswarm replay`. */
export function rehearseAll(
  inputs: LoadedInputs,
  options: RehearseOptions,
  again: readonly string[],
  io: Terminal,
): number {
  for (const warning of inputs.warnings) io.err(warning);
  const { variants, scenarios } = inputs;
  const wanted = options.seeds ?? scenarios[0]?.seeds ?? DEFAULT_SEEDS;
  const seeds = Array.from({ length: wanted }, (_, index) => options.seed + index);
  const results = evaluate({
    variants,
    scenarios,
    seeds,
    gates: options.failOn ?? [],
    runAll: onWorkers(options.workers),
    version: VERSION,
    progress: (done, total) => io.progress(`rehearsed ${done} of ${total}`),
  });
  const reporter = options.json ? 'json' : options.reporter;
  const text = textOf(results, reporter, seeds, io);
  if (text !== '') io.out(text);
  if (reporter === 'github') writeSummary(evaluationSummary(results, seeds.length));
  if (reporter === 'pretty') {
    for (const line of replayLines(results, again)) io.out(line);
    if (options.show) showRehearsals({ variants, scenarios, seed: options.seed, view: options.show }, io);
  }
  return unmetIn(results).length === 0 ? 0 : 1;
}

function textOf(
  results: readonly ScenarioResult[],
  reporter: Reporter,
  seeds: readonly number[],
  io: Terminal,
): string {
  switch (reporter) {
    case 'json':
      return JSON.stringify(evaluationJson(results, seeds), undefined, 2);
    case 'junit':
      return evaluationJunit(results, seeds.length);
    case 'github':
      return evaluationAnnotations(results, seeds.length);
    default:
      return evaluationText(results, seeds.length, io.hasColours ? COLOURS : PLAIN);
  }
}

/** How to see each problem again. */
function replayLines(results: readonly ScenarioResult[], again: readonly string[]): readonly string[] {
  const tokens = new Set(unmetIn(results).flatMap(({ token }) => token ?? []));
  if (tokens.size === 0) return [];
  return ['', 'see it again:', ...[...tokens].map((token) => `  dryswarm replay ${[token, ...again].join(' ')}`)];
}

function unmetIn(results: readonly ScenarioResult[]) {
  return results.flatMap(({ variants }) => variants.flatMap(({ unmet }) => unmet));
}

function gathered(text: string, earlier: readonly Gate[] = []): readonly Gate[] {
  try {
    return [...earlier, parseGate(text)];
  } catch (error) {
    if (!(error instanceof DryswarmError)) throw error;
    throw new InvalidArgumentError(`${error.message}\n${error.hint}`);
  }
}

export function numberUpTo(most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= 1 && number <= most) return number;
    throw new InvalidArgumentError(`it must be a whole number from 1 to ${most}.`);
  };
}
