import type { CommandSpec } from '../command.ts';
import { inspectSwarm, updateSwarm } from '../engine/objects.ts';
import { flag } from '../flags/flag.ts';
import { toggle } from '../flags/types.ts';
import { fetchUnlockKey, printUnlockCommand } from './print.ts';
import { mergeSpecFlags, specFlags } from './spec-flags.ts';

export const update: CommandSpec = {
  use: 'update [OPTIONS]',
  short: 'Update the swarm',
  args: { exactly: 0 },
  flags: [flag('autolock', toggle, 'Change manager autolocking setting (true|false)'), ...specFlags],
  run(context) {
    const { client, flags, output } = context;
    if (flags.names.length === 0) {
      output.out(context.usage());
      return;
    }
    const { Version, Spec, TLSInfo } = inspectSwarm(client);
    const spec = mergeSpecFlags(Spec, flags, TLSInfo.TrustRoot);
    updateSwarm(client, { version: Version.Index, spec });
    output.line('Swarm updated.');
    if (spec.EncryptionConfig.AutoLockManagers && !Spec.EncryptionConfig.AutoLockManagers) {
      printUnlockCommand(context, fetchUnlockKey(context));
    }
  },
};
