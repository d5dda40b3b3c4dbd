import type { CommandSpec } from '../command.ts';
import { inspectSwarm, updateSwarm } from '../engine/objects.ts';
import { CommandFailure } from '../failure.ts';
import { flag } from '../flags/flag.ts';
import { quiet } from '../flags/shared.ts';
import { toggle } from '../flags/types.ts';
import { fetchUnlockKey, printUnlockCommand } from './print.ts';

export const unlockKey: CommandSpec = {
  use: 'unlock-key [OPTIONS]',
  short: 'Manage the unlock key',
  args: { exactly: 0 },
  flags: [quiet('Only display token'), flag('rotate', toggle, 'Rotate unlock key')],
  run(context) {
    const { client, flags, output } = context;
    if (flags.bool('rotate')) {
      const { Version, Spec } = inspectSwarm(client);
      if (!Spec.EncryptionConfig.AutoLockManagers) {
        throw new CommandFailure('cannot rotate because autolock is not turned on');
      }
      updateSwarm(client, { version: Version.Index, spec: Spec, rotate: 'rotateManagerUnlockKey' });
      if (!flags.bool('quiet')) output.line('Successfully rotated manager unlock key.');
    }
    const key = fetchUnlockKey(context);
    if (key === '') throw new CommandFailure('no unlock key is set');
    if (flags.bool('quiet')) output.line(key);
    else printUnlockCommand(context, key);
  },
};
