/** `dryswarm check`: what can be said about a stack before anything runs. */
import { appendFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { type CheckResult, check, readScenario, VERSION } from '../evaluate/index.ts';
import { checkAnnotations, checkJson, checkJunit, checkSummary, checkText, PLAIN } from '../report/index.ts';
import { loadStack, readText } from './files.ts';
import { COLOURS } from './palette.ts';
import type { Terminal } from './terminal.ts';

const REPORTERS = ['pretty', 'json', 'junit', 'github'] as const;

interface Options {
  readonly stack: string;
  readonly reporter: (typeof REPORTERS)[number];
  readonly scenario?: string;
}

export function checkCommand(io: Terminal, finish: (code: number) => void): Command {
  return new Command('check')
    .description('look for what can go wrong with a stack: by rules, and by rehearsing a standard battery of releases')
    .argument('<file...>', 'Compose files, later ones overriding earlier ones')
    .option('--stack <name>', 'the name of the stack', 'stack')
    .addOption(new Option('--reporter <name>', 'how to print what was found').choices(REPORTERS).default('pretty'))
    .option(
      '--scenario <file>',
      'whose cluster and good images to rehearse with (default: a manager and three workers; images pull in 5 s and start in 2 s)',
    )
    .action((files: readonly string[], options: Options) => finish(run(files, options, io)));
}

function run(files: readonly string[], { stack, reporter, scenario }: Options, io: Terminal): number {
  const result = check(loadStack(files, stack), {
    version: VERSION,
    ...(scenario !== undefined && { scenario: readScenario(readText(scenario), scenario) }),
    progress: (service) => io.progress(`checking ${service}`),
  });
  io.out(textOf(result, reporter, io));
  if (reporter === 'github') writeSummary(result);
  return result.problems === 0 ? 0 : 1;
}

function textOf(result: CheckResult, reporter: Options['reporter'], io: Terminal): string {
  switch (reporter) {
    case 'json':
      return JSON.stringify(checkJson(result), undefined, 2);
    case 'junit':
      return checkJunit(result);
    case 'github':
      return checkAnnotations(result);
    default:
      return checkText(result, io.hasColours ? COLOURS : PLAIN);
  }
}

/** A step of GitHub Actions appends to the file that this variable names. */
function writeSummary(result: CheckResult): void {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (path !== undefined && path !== '') appendFileSync(path, `${checkSummary(result)}\n`);
}
