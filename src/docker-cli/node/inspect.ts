import type { CommandSpec } from '../command.ts';
import { node as nodeType } from '../engine/node-types.ts';
import { inspectNode } from '../engine/objects.ts';
import { CommandFailure } from '../failure.ts';
import { inspectFormat, pretty } from '../flags/shared.ts';
import { inspect as inspectAll } from '../text/inspect.ts';
import { renderNode } from './inspect-view.ts';
import { resolveNode } from './reference.ts';

export const inspect: CommandSpec = {
  use: 'inspect [OPTIONS] self|NODE [NODE...]',
  short: 'Display detailed information on one or more nodes',
  args: { atLeast: 1 },
  flags: [inspectFormat, pretty],
  run({ client, flags, args, output }) {
    const format = flags.bool('pretty') ? 'pretty' : flags.string('format');
    if (format.startsWith('pretty') && format !== 'pretty') {
      throw new CommandFailure('Cannot supply extra formatting options to the pretty template');
    }
    const find = (reference: string) => inspectNode(client, resolveNode(client, reference));
    if (format === 'pretty') output.out(args.map((reference) => `${renderNode(find(reference))}\n`).join(''));
    else inspectAll(args, { type: nodeType, format, output, find });
  },
};
