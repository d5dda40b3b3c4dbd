import type { CommandGroup } from '../command.ts';
import { ls } from './ls.ts';
import { ps } from './ps.ts';
import { services } from './services.ts';

export const stack: CommandGroup = {
  name: 'stack',
  short: 'Manage Swarm stacks',
  since: '1.25',
  commands: [ls, ps, services],
};
