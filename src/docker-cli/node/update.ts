import type { CommandSpec } from '../command.ts';
import type { Node, NodeSpec } from '../engine/node-types.ts';
import { CommandFailure } from '../failure.ts';
import { type Flags, flag } from '../flags/flag.ts';
import { keyValues, list, text } from '../flags/types.ts';
import { changeNodes } from './change.ts';

export const update: CommandSpec = {
  use: 'update [OPTIONS] NODE',
  short: 'Update a node',
  args: { exactly: 1 },
  flags: [
    flag('availability', text, 'Availability of the node ("active", "pause", "drain")'),
    flag('label-add', list(), 'Add or update a node label ("key=value")'),
    flag('label-rm', list(), 'Remove a node label if exists'),
    flag('role', text, 'Role of the node ("worker", "manager")'),
  ],
  run({ client, flags, args, output }) {
    changeNodes(client, args, {
      change: (node) => mergeFlags(node, flags),
      done: (reference) => output.line(reference),
    });
  },
};

function mergeFlags({ Spec }: Node, flags: Flags): NodeSpec {
  const Labels = { ...Spec.Labels, ...keyValues(flags.list('label-add')) };
  for (const key of flags.list('label-rm')) {
    if (!Object.hasOwn(Labels, key)) throw new CommandFailure(`key ${key} doesn't exist in node's labels`);
    delete Labels[key];
  }
  return {
    ...Spec,
    Labels,
    Role: flags.string('role', Spec.Role),
    Availability: flags.string('availability', Spec.Availability),
  };
}
