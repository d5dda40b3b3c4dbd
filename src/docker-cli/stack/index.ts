import type { CommandGroup } from '../command.ts';
import { config } from './config.ts';
import { deploy } from './deploy.ts';
import { ls } from './ls.ts';
import { ps } from './ps.ts';
import { rm } from './rm.ts';
import { services } from './services.ts';

export const stack: CommandGroup = {
  name: 'stack',
  options: '[OPTIONS]',
  short: 'Manage Swarm stacks',
  since: '1.25',
  commands: [config, deploy, ls, ps, rm, services],
};
