import type { CommandSpec } from '../command.ts';
import { inspectService, updateService } from '../engine/services.ts';
import { flag } from '../flags/flag.ts';
import { quiet } from '../flags/shared.ts';
import { toggle } from '../flags/types.ts';
import { waitOnService } from '../progress/wait.ts';

export const rollback: CommandSpec = {
  use: 'rollback [OPTIONS] SERVICE',
  short: "Revert changes to a service's configuration",
  args: { exactly: 1 },
  since: '1.31',
  flags: [
    flag('detach', toggle, 'Exit immediately instead of waiting for the service to converge', {
      short: 'd',
      since: '1.29',
    }),
    quiet('Suppress progress output'),
  ],
  run(context) {
    const { client, flags, args, output } = context;
    const reference = args[0]!;
    const service = inspectService(client, reference);
    const warnings = updateService(client, {
      id: service.ID,
      version: service.Version.Index,
      spec: service.Spec,
      queryRegistry: false,
      rollback: 'previous',
    });
    for (const warning of warnings) output.errorLine(warning);
    output.line(reference);
    if (!flags.bool('detach')) waitOnService(context, reference, { quiet: flags.bool('quiet') });
  },
};
