/** The message of a failed matcher: what, since when, what happened around it, and how to see it again. */
import { formatInstant, formatTimeline, type TimelineLine, timelineOf } from '../swarm/index.ts';
import type { Verdict } from './verdict.ts';

/** Lines before and after the place in time that a verdict is about. */
const BEFORE = 3;
const AFTER = 2;
/** More lines than so many are told by their first and last ones. */
const MOST_LINES = 14;

export function messageOf(
  verdict: Verdict,
  { isNot, sight }: { readonly isNot: boolean; readonly sight: readonly string[] },
): string {
  const { subject, expected, found, swarm } = verdict;
  return [
    `expected ${subject} ${isNot ? 'not ' : ''}${expected}; ${found}`,
    ...storyAround(verdict),
    `seed ${swarm.seed}, virtual time ${formatInstant(swarm.now)}`,
    ...sight,
  ].join('\n');
}

function storyAround({ swarm, service, where }: Verdict): string[] {
  const lines = timelineOf(swarm.trace.records, service === undefined ? {} : { service });
  const { from, until } = where ?? { from: swarm.now, until: swarm.now };
  const first = lines.findIndex(({ at }) => at >= from);
  const next = lines.findIndex(({ at }) => at > until);
  const start = beginOfInstant(lines, (first < 0 ? lines.length : first) - BEFORE);
  const end = next < 0 ? lines.length : next + AFTER;
  return shortened(lines.slice(start, end)).map((line) => `  ${line}`);
}

/** An instant is told as a whole: its first line may be the cause of the others. */
function beginOfInstant(lines: readonly TimelineLine[], index: number): number {
  let start = Math.max(0, index);
  while (start > 0 && lines[start - 1]?.at === lines[start]?.at) start -= 1;
  return start;
}

function shortened(lines: readonly TimelineLine[]): string[] {
  const texts = lines.length === 0 ? [] : formatTimeline(lines).split('\n');
  if (texts.length <= MOST_LINES) return texts;
  const half = MOST_LINES / 2;
  return [...texts.slice(0, half), `... ${texts.length - MOST_LINES} more lines ...`, ...texts.slice(-half)];
}
