import type { CommandGroup } from '../command.ts';
import { create } from './create.ts';
import { inspect } from './inspect.ts';
import { logs } from './logs.ts';
import { ls } from './ls.ts';
import { ps } from './ps.ts';
import { rm } from './rm.ts';
import { rollback } from './rollback.ts';
import { scale } from './scale.ts';
import { update } from './update.ts';

export const service: CommandGroup = {
  name: 'service',
  short: 'Manage Swarm services',
  since: '1.24',
  commands: [create, inspect, logs, ls, ps, rm, rollback, scale, update],
};
