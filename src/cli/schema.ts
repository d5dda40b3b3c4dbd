/** `dryswarm schema`: the JSON schema of scenario files. */
import { Command } from 'commander';
import { scenarioSchema } from '../evaluate/index.ts';
import type { Terminal } from './terminal.ts';

export function schemaCommand(io: Terminal): Command {
  return new Command('schema')
    .description('print the JSON schema of scenario files, for editors')
    .action(() => io.out(JSON.stringify(scenarioSchema(), undefined, 2)));
}
