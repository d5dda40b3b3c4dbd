/** `dryswarm replay`: one rehearsal once more, and what happened in it. */
import { Command } from 'commander';
import { DryswarmError } from '../base/index.ts';
import { isRehearsal, parseToken, replay } from '../evaluate/index.ts';
import { replayText } from '../report/index.ts';
import { type InputOptions, loadInputs } from './inputs.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

export function replayCommand(io: Terminal): Command {
  return new Command('replay')
    .description('do the rehearsal of a token once more, from the same files, and print what happened when')
    .argument('<token>', 'as it was printed: ds1:...')
    .option('--from <files...>', 'the files as they were named then')
    .option('--to <files...>')
    .option('--from-b <files...>')
    .option('--to-b <files...>')
    .option('--scenario <file>')
    .option('--stack <name>')
    .action((token: string, options: InputOptions) => io.out(storyOf(token, options)));
}

function storyOf(text: string, options: InputOptions): string {
  const token = parseToken(text);
  if (!isRehearsal(token)) {
    throw new DryswarmError('invalid-token', `the token is of something else than a rehearsal: ${token.what}`);
  }
  const inputs = loadInputs(options);
  const { scenario, variant, rehearsal } = replay(token, inputs, VERSION);
  const title = inputs.variants.length > 1 ? `${scenario.name}, variant ${variant.label}` : scenario.name;
  return replayText(title, rehearsal);
}
