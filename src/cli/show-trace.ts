/** `dryswarm show`: the time line of a trace that was kept, such as that of a failed test. */
import { Command } from 'commander';
import { formatInstant, formatTimeline, readTraceFile, type TimelineOptions, timelineOf } from '../swarm/index.ts';
import { readText } from './files.ts';
import type { Terminal } from './terminal.ts';

interface Options {
  readonly service?: string;
  readonly all?: boolean;
}

export function showTraceCommand(io: Terminal): Command {
  return new Command('show')
    .description('print the time line of a trace that was kept, such as that of a failed test')
    .argument('<trace>', 'the file of the trace')
    .option('--service <name>', 'only what concerns this service')
    .option('--all', 'all steps of all tasks')
    .action((path: string, options: Options) => io.out(textOf(path, options)));
}

function textOf(path: string, { service, all }: Options): string {
  const { title, seed, until, records } = readTraceFile(readText(path));
  const options: TimelineOptions = { detail: all ? 'all' : 'story', ...(service !== undefined && { service }) };
  return [title, `seed ${seed}, until ${formatInstant(until)}`, '', formatTimeline(timelineOf(records, options))].join(
    '\n',
  );
}
