import type { CommandGroup } from '../command.ts';
import { ca } from './ca.ts';
import { init } from './init.ts';
import { join } from './join.ts';
import { joinToken } from './join-token.ts';
import { leave } from './leave.ts';
import { unlock } from './unlock.ts';
import { unlockKey } from './unlock-key.ts';
import { update } from './update.ts';

export const swarm: CommandGroup = {
  name: 'swarm',
  short: 'Manage Swarm',
  since: '1.24',
  commands: [ca, init, join, joinToken, leave, unlock, unlockKey, update],
};
