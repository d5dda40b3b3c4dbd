/** What containers have printed. Nothing is kept line by line: it follows from when their processes ran. */
import type { Instant } from '../../base/index.ts';
import type { LogLine } from './workload.ts';

/** One line of a container's log. */
export interface LogEntry {
  readonly at: Instant;
  readonly stream: 'stdout' | 'stderr';
  /** Without a line feed. */
  readonly text: string;
}

/** The runs of a container that print, oldest first. Plain data. */
export type Printed = readonly PrintedRun[];

interface PrintedRun {
  readonly from: Instant;
  /** Undefined: it still runs. */
  readonly until: Instant | undefined;
  readonly lines: readonly LogLine[];
}

/** Of a line that is printed again and again the last ones are kept, as where a log's file has a limit. */
export const KEPT_REPETITIONS = 10_000;

/** A process runs from now on that prints these lines. */
export function beginLog(printed: Printed, lines: readonly LogLine[] | undefined, from: Instant): Printed {
  return lines === undefined ? printed : [...printed, { from, until: undefined, lines }];
}

/** It has ended. */
export function endLog(printed: Printed, until: Instant): Printed {
  const last = printed.at(-1);
  return last === undefined || last.until !== undefined ? printed : [...printed.slice(0, -1), { ...last, until }];
}

/** All lines of a container up to now, oldest first; those of one instant in the order of their definition. */
export function logOf(printed: Printed, now: Instant): LogEntry[] {
  return printed.flatMap(({ from, until = now, lines }) =>
    lines
      .flatMap(({ text, stream, ...line }) => timesOf(line, from, until).map((at) => ({ at, stream, text })))
      .sort((a, b) => a.at - b.at),
  );
}

/** What ends a process at the very instant at which it would print comes first. */
function timesOf({ after, every }: Pick<LogLine, 'after' | 'every'>, from: Instant, until: Instant): Instant[] {
  const first = from + after;
  if (first > until) return [];
  if (every === undefined) return [first];
  const count = Math.floor((until - first) / every) + 1;
  const kept = Math.min(count, KEPT_REPETITIONS);
  return Array.from({ length: kept }, (_, index) => first + (count - kept + index) * every);
}
