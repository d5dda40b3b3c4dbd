import type { CommandContext, CommandSpec } from '../command.ts';
import { inspectService, updateService } from '../engine/services.ts';
import { CommandFailure } from '../failure.ts';
import type { Flags } from '../flags/flag.ts';
import { waitOnService } from '../progress/wait.ts';
import { NO_CREDENTIALS } from '../registry-auth.ts';
import { updateFlags } from './update-flags.ts';
import { updatedSpec } from './update-spec.ts';

export const update: CommandSpec = {
  use: 'update [OPTIONS] SERVICE',
  short: 'Update a service',
  args: { exactly: 1 },
  flags: updateFlags,
  run(context) {
    const { client, flags, args, output } = context;
    const reference = args[0]!;
    const service = inspectService(client, reference);
    const isRollback = flags.bool('rollback');
    if (isRollback) refuseOtherFlags(flags);
    const warnings = updateService(client, {
      id: service.ID,
      version: service.Version.Index,
      spec: updatedSpec(context, service.Spec),
      queryRegistry: flags.changed('image') && !flags.bool('no-resolve-image'),
      ...credentials(context),
      ...(isRollback ? { rollback: 'previous' as const } : {}),
    });
    for (const warning of warnings) output.errorLine(warning);
    output.line(reference);
    if (!flags.bool('detach')) waitOnService(context, reference, { quiet: flags.bool('quiet') });
  },
};

function refuseOtherFlags(flags: Flags): void {
  if (flags.names.some((name) => !['rollback', 'detach', 'quiet'].includes(name))) {
    throw new CommandFailure('other flags may not be combined with --rollback');
  }
}

/** Without credentials of its own, the update keeps those that the service has. */
function credentials({ flags }: CommandContext): { auth: string } | { registryAuthFrom: 'spec' } {
  return flags.bool('with-registry-auth') ? { auth: NO_CREDENTIALS } : { registryAuthFrom: 'spec' };
}
