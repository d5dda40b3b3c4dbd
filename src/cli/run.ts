/** `dryswarm run`: rehearse a scenario that names its files itself. */
import { Command } from 'commander';
import { loadInputs } from './inputs.ts';
import { type RehearseOptions, rehearseAll, withRehearseOptions } from './rehearse.ts';
import type { Terminal } from './terminal.ts';

export function runCommand(io: Terminal, finish: (code: number) => void): Command {
  const command = new Command('run')
    .description('rehearse a scenario that names the files of its release itself, with from and to')
    .argument('<scenario>', 'the scenario');
  return withRehearseOptions(command).action((scenario: string, options: RehearseOptions) => {
    const inputs = loadInputs({ scenario });
    finish(rehearseAll(inputs, options, inputs.words, io));
  });
}
