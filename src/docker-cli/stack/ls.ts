import type { CommandSpec } from '../command.ts';
import { listServices } from '../engine/services.ts';
import { CommandFailure } from '../failure.ts';
import { listFormat } from '../flags/shared.ts';
import { rowType, text } from '../go/type.ts';
import { type ListView, renderList } from '../text/list.ts';
import { compareNatural } from '../text/natural.ts';
import { NAMESPACE_LABEL } from './stack-name.ts';

const view: ListView = {
  row: rowType('*formatter.stackContext', { Name: text, Services: text }),
  headings: { Name: 'NAME', Services: 'SERVICES' },
  table: '{{.Name}}\\t{{.Services}}',
  raw: 'raw',
  rawQuiet: 'raw',
};

export const ls: CommandSpec = {
  use: 'ls [OPTIONS]',
  short: 'List stacks',
  aliases: ['list'],
  args: { exactly: 0 },
  flags: [listFormat],
  run({ client, flags, output }) {
    const counts = new Map<string, number>();
    for (const service of listServices(client, { filters: { label: [NAMESPACE_LABEL] } })) {
      const name = service.Spec.Labels?.[NAMESPACE_LABEL];
      if (name === undefined) {
        throw new CommandFailure(`cannot get label ${NAMESPACE_LABEL} for service ${service.ID}`);
      }
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const rows = [...counts]
      .sort(([a], [b]) => compareNatural(a, b))
      .map(([Name, count]) => ({ Name, Services: String(count) }));
    output.out(renderList(view, rows, { format: flags.string('format'), quiet: false }));
  },
};
