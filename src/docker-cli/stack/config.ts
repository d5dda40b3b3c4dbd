import { renderStackConfig } from '../../compose/index.ts';
import type { CommandSpec } from '../command.ts';
import { flag } from '../flags/flag.ts';
import { toggle } from '../flags/types.ts';
import { composeFileFlag, loadFiles, withComposeErrors } from './compose-files.ts';

export const config: CommandSpec = {
  use: 'config [OPTIONS]',
  short: 'Outputs the final config file, after doing merges and interpolations',
  args: { exactly: 0 },
  flags: [composeFileFlag, flag('skip-interpolation', toggle, 'Skip interpolation and output only merged config')],
  run(context) {
    const variables = context.flags.bool('skip-interpolation') ? 'leave' : 'replace';
    withComposeErrors(() => context.output.out(renderStackConfig(loadFiles(context, variables))));
  },
};
