/** Flags that many commands have, with docker's words for them. */

import { type FlagSpec, flag } from './flag.ts';
import { filter, text, toggle } from './types.ts';

const JSON_AND_TEMPLATE =
  "'json':             Print in JSON format\n" +
  "'TEMPLATE':         Print output using the given Go template.\n" +
  'Refer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates';

export const listFormat = flag(
  'format',
  text,
  'Format output using a custom template:\n' +
    "'table':            Print output in table format with column headers (default)\n" +
    "'table TEMPLATE':   Print output in table format using the given Go template\n" +
    JSON_AND_TEMPLATE,
);

export const inspectFormat = flag('format', text, `Format output using a custom template:\n${JSON_AND_TEMPLATE}`, {
  short: 'f',
});

export const filterFlag = flag('filter', filter, 'Filter output based on conditions provided', { short: 'f' });

export const pretty = flag('pretty', toggle, 'Print the information in a human friendly format');

/** Suppresses what the words say. */
export function quiet(usage: string): FlagSpec {
  return flag('quiet', toggle, usage, { short: 'q' });
}
