/** `dryswarm replay`: one rehearsal once more, and what happened in it. */
import { Command } from 'commander';
import { DryswarmError } from '../base/index.ts';
import {
  isOfCheck,
  isRehearsal,
  parseToken,
  type Replay,
  readScenario,
  replay,
  replayCheck,
  VERSION,
} from '../evaluate/index.ts';
import { replayText } from '../report/index.ts';
import { loadStack, readText } from './files.ts';
import { type InputOptions, loadInputs } from './inputs.ts';
import type { Terminal } from './terminal.ts';

export function replayCommand(io: Terminal): Command {
  return new Command('replay')
    .description('do the rehearsal of a token once more, from the same files, and print what happened when')
    .argument('<token>', 'as it was printed: ds1:...')
    .argument('[file...]', 'for a token of check: its Compose files')
    .option('--from <files...>', 'the files as they were named then')
    .option('--to <files...>')
    .option('--from-b <files...>')
    .option('--to-b <files...>')
    .option('--scenario <file>')
    .option('--stack <name>')
    .option('--label <name>')
    .option('--label-b <name>')
    .action((token: string, files: readonly string[], options: InputOptions) => io.out(storyOf(token, files, options)));
}

function storyOf(text: string, files: readonly string[], options: InputOptions): string {
  const token = parseToken(text);
  if (isOfCheck(token)) return storyOfCheck(token, files, options);
  if (!isRehearsal(token)) {
    throw new DryswarmError('invalid-token', `the token is of something else than a rehearsal: ${token.what}`);
  }
  const inputs = loadInputs(options);
  const { scenario, variant, rehearsal } = replay(token, inputs, VERSION);
  const title = inputs.variants.length > 1 ? `${scenario.name}, variant ${variant.label}` : scenario.name;
  return replayText(title, rehearsal);
}

function storyOfCheck(token: Replay, files: readonly string[], { stack = 'stack', scenario }: InputOptions): string {
  if (files.length === 0) {
    const hint = 'dryswarm replay <token> <the files of the check>';
    throw new DryswarmError('no-files', 'a token of check needs its Compose files', hint);
  }
  const rollout = replayCheck(token, loadStack(files, stack), {
    version: VERSION,
    ...(scenario !== undefined && { scenario: readScenario(readText(scenario), scenario) }),
  });
  return replayText(rollout.case.describe, rollout);
}
