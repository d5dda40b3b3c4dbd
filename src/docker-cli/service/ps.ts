import type { EngineClient } from '../client.ts';
import type { CommandSpec } from '../command.ts';
import { listTasks } from '../engine/objects.ts';
import { listServices } from '../engine/services.ts';
import { CommandFailure } from '../failure.ts';
import { flag } from '../flags/flag.ts';
import { filterFlag, quiet } from '../flags/shared.ts';
import { addFilter, type Filters, text, toggle } from '../flags/types.ts';
import { resolveNodeFilter } from '../node/reference.ts';
import { renderTasks } from '../task/list-view.ts';
import { NameResolver } from '../task/resolver.ts';

export const ps: CommandSpec = {
  use: 'ps [OPTIONS] SERVICE [SERVICE...]',
  short: 'List the tasks of one or more services',
  args: { atLeast: 1 },
  flags: [
    filterFlag,
    flag('format', text, 'Pretty-print tasks using a Go template'),
    flag('no-resolve', toggle, 'Do not map IDs to Names'),
    flag('no-trunc', toggle, 'Do not truncate output'),
    quiet('Only display task IDs'),
  ],
  run({ client, flags, args, output, now }) {
    const { ids, missing } = findServices(client, args);
    if (ids.length === 0) throw new CommandFailure(missing.join('\n'));
    const asked = flags.get<Filters>('filter') ?? {};
    const filters = ids.reduce((filter, id) => addFilter(filter, 'service', id), asked);
    const tasks = listTasks(client, resolveNodeFilter(client, filters));
    const isQuiet = flags.bool('quiet');
    output.out(
      renderTasks(tasks, new NameResolver(client, { enabled: !flags.bool('no-resolve') }), {
        format: flags.string('format'),
        quiet: isQuiet,
        // Alone of the three lists of tasks, this one prints whole IDs when it prints nothing else.
        truncate: !isQuiet && !flags.bool('no-trunc'),
        now: now(),
      }),
    );
    if (missing.length > 0) throw new CommandFailure(missing.join('\n'));
  },
};

/** Whole ID, whole name, or an unambiguous start of an ID. */
function findServices(client: EngineClient, references: readonly string[]): { ids: string[]; missing: string[] } {
  const byId = listServices(client, { filters: { id: references } });
  const byName = listServices(client, { filters: { name: references } });
  const ids: string[] = [];
  const missing: string[] = [];
  for (const reference of references) {
    const exact = byId.find(({ ID }) => ID === reference) ?? byName.find(({ Spec }) => Spec.Name === reference);
    const matches = exact ? [exact] : byId.filter(({ ID }) => ID.startsWith(reference));
    if (matches.length > 1) throw new CommandFailure(`multiple services found with provided prefix: ${reference}`);
    if (matches[0]) ids.push(matches[0].ID);
    else missing.push(`no such service: ${reference}`);
  }
  return { ids, missing };
}
