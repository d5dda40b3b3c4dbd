import type { CommandSpec } from '../command.ts';
import { systemInfo } from '../engine/info.ts';
import { CommandFailure } from '../failure.ts';
import { flag } from '../flags/flag.ts';
import { quiet } from '../flags/shared.ts';
import { text, toggle } from '../flags/types.ts';
import { composeFileFlag, listForbiddenKeys, loadForDeploy, withComposeErrors } from './compose-files.ts';
import { deployStack } from './deploy-stack.ts';
import { checkStackName } from './stack-name.ts';

const RESOLUTIONS = ['always', 'changed', 'never'];

export const deploy: CommandSpec = {
  use: 'deploy [OPTIONS] STACK',
  short: 'Deploy a new stack or update an existing stack',
  aliases: ['up'],
  args: { exactly: 1 },
  flags: [
    { ...composeFileFlag, since: '1.25' },
    flag('detach', toggle, 'Exit immediately instead of waiting for the stack services to converge (default true)', {
      short: 'd',
    }),
    flag('prune', toggle, 'Prune services that are no longer referenced', { since: '1.27' }),
    quiet('Suppress progress output'),
    flag(
      'resolve-image',
      text,
      'Query the registry to resolve image digest and supported platforms ' +
        '("always", "changed", "never") (default "always")',
      { since: '1.30' },
    ),
    flag('with-registry-auth', toggle, 'Send registry authentication details to Swarm agents'),
  ],
  run(context) {
    const { client, flags, args, output } = context;
    const stack = checkStackName(args[0]!);
    withComposeErrors(() => {
      const config = listForbiddenKeys(() => loadForDeploy(context));
      const resolution = flags.string('resolve-image', 'always');
      if (!RESOLUTIONS.includes(resolution)) {
        throw new CommandFailure(`Invalid option ${resolution} for flag --resolve-image`);
      }
      if (!flags.changed('detach')) {
        output.errorLine(
          'Since --detach=false was not specified, tasks will be created in the background.\n' +
            'In a future release, --detach=false will become the default.',
        );
      }
      if (!systemInfo(client).Swarm.ControlAvailable) {
        throw new CommandFailure(
          'this node is not a swarm manager. Use "docker swarm init" or "docker swarm join" ' +
            'to connect this node to swarm and try again',
        );
      }
      deployStack(context, stack, config);
    });
  },
};
