/** `dryswarm evaluate`: rehearse a release from Compose files. */
import { Command } from 'commander';
import { type InputOptions, loadInputs } from './inputs.ts';
import { type RehearseOptions, rehearseAll, withRehearseOptions } from './rehearse.ts';
import type { Terminal } from './terminal.ts';

export function evaluateCommand(io: Terminal, finish: (code: number) => void): Command {
  const command = new Command('evaluate')
    .description('rehearse a release: what runs now, what is deployed next, and what becomes of it')
    .requiredOption('--from <files...>', 'the Compose files that run now; later ones override earlier ones')
    .requiredOption('--to <files...>', 'the Compose files to be deployed next')
    .option('--from-b <files...>', 'what runs now in a second variant, shown beside the first (default: as --from)')
    .option('--to-b <files...>', 'what is deployed next in a second variant (default: as --to)')
    .option(
      '--scenario <file>',
      'nodes, how images behave, faults and what is expected (default: a good image, one that crashes at its start, one that fails late)',
    )
    .option('--label <name>', 'what the report calls the first variant (default: A)')
    .option('--label-b <name>', 'what it calls the second (default: B)')
    .option('--stack <name>', 'the name of the stack', 'stack');
  return withRehearseOptions(command).action((options: InputOptions & RehearseOptions) => {
    const inputs = loadInputs(options);
    finish(rehearseAll(inputs, options, inputs.words, io));
  });
}
