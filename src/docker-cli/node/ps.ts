import type { CommandSpec } from '../command.ts';
import { inspectNode, listTasks } from '../engine/objects.ts';
import type { Task } from '../engine/task-types.ts';
import { Failures } from '../failure.ts';
import { flag } from '../flags/flag.ts';
import { filterFlag, quiet } from '../flags/shared.ts';
import { addFilter, type Filters, text, toggle } from '../flags/types.ts';
import { renderTasks } from '../task/list-view.ts';
import { NameResolver } from '../task/resolver.ts';
import { resolveNode } from './reference.ts';

export const ps: CommandSpec = {
  use: 'ps [OPTIONS] [NODE...]',
  short: 'List tasks running on one or more nodes, defaults to current node',
  args: { atLeast: 0 },
  flags: [
    filterFlag,
    flag('format', text, 'Pretty-print tasks using a Go template'),
    flag('no-resolve', toggle, 'Do not map IDs to Names'),
    flag('no-trunc', toggle, 'Do not truncate output'),
    quiet('Only display task IDs'),
  ],
  run({ client, flags, args, output, now }) {
    const failures = new Failures();
    const tasks: Task[] = [];
    // The filter grows from node to node, so the tasks of the first node come again with those of the second. That
    // is a defect of this version of docker (cli/command/node/ps.go), which its users see.
    let filters = flags.get<Filters>('filter') ?? {};
    for (const reference of args.length > 0 ? args : ['self']) {
      failures.attempt(() => {
        const node = inspectNode(client, resolveNode(client, reference));
        filters = addFilter(filters, 'node', node.ID);
        tasks.push(...listTasks(client, filters));
      });
    }
    if (!failures.any || tasks.length > 0) {
      const resolver = new NameResolver(client, { enabled: !flags.bool('no-resolve') });
      const options = {
        format: flags.string('format'),
        quiet: flags.bool('quiet'),
        truncate: !flags.bool('no-trunc'),
        now: now(),
      };
      failures.attempt(() => output.out(renderTasks(tasks, resolver, options)));
    }
    failures.throwIfAny();
  },
};
