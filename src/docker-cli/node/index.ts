import type { CommandGroup } from '../command.ts';
import { demote } from './demote.ts';
import { inspect } from './inspect.ts';
import { ls } from './ls.ts';
import { promote } from './promote.ts';
import { ps } from './ps.ts';
import { rm } from './rm.ts';
import { update } from './update.ts';

export const node: CommandGroup = {
  name: 'node',
  short: 'Manage Swarm nodes',
  since: '1.24',
  commands: [demote, inspect, ls, promote, ps, rm, update],
};
