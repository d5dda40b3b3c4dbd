/** `dryswarm check`: what can be said about a stack before anything runs. */
import { Command } from 'commander';
import { type CheckResult, check, readScenario, VERSION } from '../evaluate/index.ts';
import { checkAnnotations, checkJson, checkJunit, checkSummary, checkText, PLAIN } from '../report/index.ts';
import { loadStack, readText } from './files.ts';
import { wordsOf } from './inputs.ts';
import { COLOURS } from './palette.ts';
import { type Reporter, reporterOption, writeSummary } from './reporters.ts';
import type { Terminal } from './terminal.ts';

interface Options {
  readonly stack: string;
  readonly reporter: Reporter;
  readonly scenario?: string;
}

export function checkCommand(io: Terminal, finish: (code: number) => void): Command {
  return new Command('check')
    .description('look for what can go wrong with a stack: by rules, and by rehearsing a standard battery of releases')
    .argument('<file...>', 'Compose files, later ones overriding earlier ones; - is the standard input')
    .option('--stack <name>', 'the name of the stack', 'stack')
    .addOption(reporterOption())
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
  const again = ['<the same files>', ...wordsOf({ stack, ...(scenario !== undefined && { scenario }) })].join(' ');
  const text = textOf(result, reporter, again, io);
  if (text !== '') io.out(text);
  if (reporter === 'github') writeSummary(checkSummary(result));
  return result.problems === 0 ? 0 : 1;
}

function textOf(result: CheckResult, reporter: Reporter, again: string, io: Terminal): string {
  switch (reporter) {
    case 'json':
      return JSON.stringify(checkJson(result), undefined, 2);
    case 'junit':
      return checkJunit(result);
    case 'github':
      return checkAnnotations(result);
    default:
      return checkText(result, io.hasColours ? COLOURS : PLAIN, again);
  }
}
