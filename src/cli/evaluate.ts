/** `dryswarm evaluate`: rehearse a release from Compose files. */
import { Command, InvalidArgumentError } from 'commander';
import picocolors from 'picocolors';
import { imageReference } from '../agent/index.ts';
import { compareText, DryswarmError } from '../base/index.ts';
import { formatPosition, type Stack } from '../compose/index.ts';
import {
  evaluate,
  readScenario,
  type Scenario,
  type ScenarioResult,
  standardBattery,
  type Variant,
} from '../evaluate/index.ts';
import { evaluationJson, evaluationText, type Palette, PLAIN } from '../report/index.ts';
import { loadStack, readText } from './files.ts';
import type { Terminal } from './terminal.ts';

/** More would only take longer. */
const MAX_SEEDS = 10_000;

interface Options {
  readonly from: string[];
  readonly to: string[];
  readonly fromB?: string[];
  readonly toB?: string[];
  readonly scenario?: string;
  readonly seeds: number;
  readonly seed: number;
  readonly label: string;
  readonly labelB: string;
  readonly stack: string;
  readonly json?: boolean;
}

export function evaluateCommand(io: Terminal, finish: (code: number) => void): Command {
  return new Command('evaluate')
    .description('rehearse a release: what runs now, what is deployed next, and what becomes of it')
    .requiredOption('--from <files...>', 'the Compose files that run now; later ones override earlier ones')
    .requiredOption('--to <files...>', 'the Compose files to be deployed next')
    .option('--from-b <files...>', 'what runs now in a second variant, shown beside the first (default: as --from)')
    .option('--to-b <files...>', 'what is deployed next in a second variant (default: as --to)')
    .option(
      '--scenario <file>',
      'nodes, how images behave, faults and what is expected (default: a good image, one that crashes at its start, one that fails late)',
    )
    .option('--seeds <n>', 'how many seeds to rehearse with', numberUpTo(MAX_SEEDS), 10)
    .option('--seed <n>', 'the first seed', numberUpTo(Number.MAX_SAFE_INTEGER - MAX_SEEDS), 1)
    .option('--label <name>', 'what the report calls the first variant', 'A')
    .option('--label-b <name>', 'what it calls the second', 'B')
    .option('--stack <name>', 'the name of the stack', 'stack')
    .option('--json', 'print JSON')
    .action((options: Options) => finish(run(options, io)));
}

function run(options: Options, io: Terminal): number {
  const variants = variantsOf(options);
  for (const warning of warningsOf(variants)) io.err(warning);
  const scenarios = scenariosOf(options, variants);
  const seeds = Array.from({ length: options.seeds }, (_, index) => options.seed + index);
  const results = evaluate({
    variants,
    scenarios,
    seeds,
    progress: (done, total) => io.progress(`rehearsed ${done} of ${total}`),
  });
  io.out(
    options.json ? JSON.stringify(evaluationJson(results, seeds), undefined, 2) : textOf(results, seeds.length, io),
  );
  return results.every(({ variants: all }) => all.every(({ unmet }) => unmet.length === 0)) ? 0 : 1;
}

function textOf(results: readonly ScenarioResult[], seeds: number, io: Terminal): string {
  return evaluationText(results, seeds, io.hasColours ? COLOURS : PLAIN);
}

const COLOURS: Palette = {
  good: picocolors.green,
  bad: picocolors.red,
  strong: picocolors.bold,
  faint: picocolors.dim,
};

function variantsOf({ from, to, fromB, toB, label, labelB, stack }: Options): Variant[] {
  const first: Variant = { label, release: { from: loadStack(from, stack), to: loadStack(to, stack) } };
  if (!fromB && !toB) return [first];
  const second = {
    from: fromB ? loadStack(fromB, stack) : first.release.from,
    to: toB ? loadStack(toB, stack) : first.release.to,
  };
  return [first, { label: labelB, release: second }];
}

/** What the files say that Swarm takes otherwise, once each. */
function warningsOf(variants: readonly Variant[]): ReadonlySet<string> {
  const stacks = variants.flatMap(({ release }) => [release.from, release.to]);
  const texts = stacks.flatMap(({ diagnostics }) =>
    diagnostics.map(({ at, message, remedy }) => `${formatPosition(at)}: warning: ${message}\n  ${remedy}`),
  );
  return new Set(texts);
}

function scenariosOf({ scenario }: Options, variants: readonly Variant[]): Scenario[] {
  const running = imagesOf(variants.map(({ release }) => release.from));
  const next = imagesOf(variants.map(({ release }) => release.to));
  if (scenario === undefined) return standardBattery([...next].filter((image) => !running.has(image)));
  const read = readScenario(readText(scenario), scenario);
  const used = new Set([...running, ...next]);
  for (const image of Object.keys(read.images)) {
    if (used.has(imageReference(image).text)) continue;
    throw new DryswarmError(
      'unknown-image',
      `${scenario}: image ${image} is used by none of the files`,
      `they use: ${[...used].sort(compareText).join(', ')}`,
    );
  }
  return [read];
}

function imagesOf(stacks: readonly Stack[]): Set<string> {
  return new Set(
    stacks.flatMap(({ services }) => services.map(({ task }) => imageReference(task.container.image).text)),
  );
}

function numberUpTo(most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= 1 && number <= most) return number;
    throw new InvalidArgumentError(`it must be a whole number from 1 to ${most}.`);
  };
}
