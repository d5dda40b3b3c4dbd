/** `dryswarm evaluate`: rehearse a release from Compose files. */
import { Command, InvalidArgumentError } from 'commander';
import picocolors from 'picocolors';
import { DryswarmError } from '../base/index.ts';
import type { Stack } from '../compose/index.ts';
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

interface Options {
  readonly from: string[];
  readonly to: string[];
  readonly fromB: string[];
  readonly toB: string[];
  readonly scenario?: string;
  readonly seeds: number;
  readonly seed: number;
  readonly stack: string;
  readonly json?: boolean;
}

export function evaluateCommand(io: Terminal, finish: (code: number) => void): Command {
  return new Command('evaluate')
    .description('rehearse a release: what runs now, what is deployed next, and what becomes of it')
    .requiredOption('--from <file>', 'a Compose file that runs now (repeat; later files override earlier ones)', gather)
    .requiredOption('--to <file>', 'a Compose file to be deployed next (repeat)', gather)
    .option('--from-b <file>', 'what runs now in a second variant (repeat; default: the files of --from)', gather, [])
    .option('--to-b <file>', 'what is deployed next in a second variant, shown beside the first (repeat)', gather, [])
    .option(
      '--scenario <file>',
      'nodes, how images behave, faults and what is expected (default: a good image, one that crashes at its start, one that fails late)',
    )
    .option('--seeds <n>', 'how many seeds to rehearse with', wholeNumber, 10)
    .option('--seed <n>', 'the first seed', wholeNumber, 1)
    .option('--stack <name>', 'the name of the stack', 'stack')
    .option('--json', 'print JSON')
    .action((options: Options) => finish(run(options, io)));
}

function run(options: Options, io: Terminal): number {
  const variants = variantsOf(options);
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

function variantsOf({ from, to, fromB, toB, stack }: Options): Variant[] {
  const first: Variant = { label: 'A', release: { from: loadStack(from, stack), to: loadStack(to, stack) } };
  if (toB.length === 0 && fromB.length === 0) return [first];
  const second = {
    from: fromB.length > 0 ? loadStack(fromB, stack) : first.release.from,
    to: toB.length > 0 ? loadStack(toB, stack) : first.release.to,
  };
  return [first, { label: 'B', release: second }];
}

function scenariosOf({ scenario }: Options, variants: readonly Variant[]): Scenario[] {
  const running = imagesOf(variants.map(({ release }) => release.from));
  const next = imagesOf(variants.map(({ release }) => release.to));
  if (scenario === undefined) return standardBattery([...next].filter((image) => !running.has(image)));
  const read = readScenario(readText(scenario), scenario);
  for (const image of Object.keys(read.images)) {
    if (running.has(image) || next.has(image)) continue;
    const used = [...new Set([...running, ...next])].sort().join(', ');
    throw new DryswarmError(
      'unknown-image',
      `${scenario}: image ${image} is used by none of the files`,
      `they use: ${used}`,
    );
  }
  return [read];
}

function imagesOf(stacks: readonly Stack[]): Set<string> {
  return new Set(stacks.flatMap(({ services }) => services.map(({ task }) => task.container.image)));
}

function gather(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('it must be a whole number from 1 up.');
  return number;
}
