import type { CommandSpec } from '../command.ts';
import { systemInfo } from '../engine/info.ts';
import { inspectSwarm, updateSwarm } from '../engine/objects.ts';
import { CommandFailure } from '../failure.ts';
import { flag } from '../flags/flag.ts';
import { quiet } from '../flags/shared.ts';
import { toggle } from '../flags/types.ts';
import { printJoinCommand } from './print.ts';

export const joinToken: CommandSpec = {
  use: 'join-token [OPTIONS] (worker|manager)',
  short: 'Manage join tokens',
  args: { exactly: 1 },
  flags: [quiet('Only display token'), flag('rotate', toggle, 'Rotate join token')],
  run(context) {
    const { client, flags, args, output } = context;
    const role = args[0]!;
    if (role !== 'worker' && role !== 'manager') throw new CommandFailure(`unknown role ${role}`);
    if (flags.bool('rotate')) {
      const { Version, Spec } = inspectSwarm(client);
      const rotate = role === 'worker' ? 'rotateWorkerToken' : 'rotateManagerToken';
      updateSwarm(client, { version: Version.Index, spec: Spec, rotate });
      if (!flags.bool('quiet')) output.out(`Successfully rotated ${role} join token.\n\n`);
    }
    const { JoinTokens } = inspectSwarm(client);
    if (flags.bool('quiet')) output.line(role === 'worker' ? JoinTokens.Worker : JoinTokens.Manager);
    else printJoinCommand(context, systemInfo(client).Swarm.NodeID, [role]);
  },
};
