import type { CommandSpec } from '../command.ts';
import { listTasks } from '../engine/objects.ts';
import { CommandFailure } from '../failure.ts';
import { flag } from '../flags/flag.ts';
import { filterFlag, listFormat, quiet } from '../flags/shared.ts';
import { type Filters, toggle } from '../flags/types.ts';
import { renderTasks } from '../task/list-view.ts';
import { NameResolver } from '../task/resolver.ts';
import { checkStackName, ofStack } from './stack-name.ts';

export const ps: CommandSpec = {
  use: 'ps [OPTIONS] STACK',
  short: 'List the tasks in the stack',
  args: { exactly: 1 },
  flags: [
    filterFlag,
    listFormat,
    flag('no-resolve', toggle, 'Do not map IDs to Names'),
    flag('no-trunc', toggle, 'Do not truncate output'),
    quiet('Only display task IDs'),
  ],
  run({ client, flags, args, output, now }) {
    const stack = checkStackName(args[0]!);
    const tasks = listTasks(client, ofStack(stack, flags.get<Filters>('filter')));
    if (tasks.length === 0) throw new CommandFailure(`nothing found in stack: ${stack}`);
    output.out(
      renderTasks(tasks, new NameResolver(client, { enabled: !flags.bool('no-resolve') }), {
        format: flags.string('format'),
        quiet: flags.bool('quiet'),
        truncate: !flags.bool('no-trunc'),
        now: now(),
      }),
    );
  },
};
