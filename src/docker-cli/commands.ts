import type { CommandGroup, CommandSpec } from './command.ts';
import { node } from './node/index.ts';
import { service } from './service/index.ts';
import { stack } from './stack/index.ts';
import { swarm } from './swarm/index.ts';
import { info } from './system/info.ts';
import { version } from './system/version.ts';

/** Every noun; a new command is a file in its folder and a line in that folder's `index.ts`. */
export const groups: readonly CommandGroup[] = [node, service, stack, swarm];

/** The commands without a noun. */
export const rootCommands: readonly CommandSpec[] = [info, version];
