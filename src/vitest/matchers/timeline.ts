/** What happened, in this order. */
import { formatInstant, type SwarmRecord, type TimelineLine, timelineOf } from '../../swarm/index.ts';
import { eitherIn, isSwarm, requireHistory } from '../subject.ts';
import type { Verdict } from '../verdict.ts';

/**
 * What a line of the time line is like: a part of its text, a pattern, or what one of its records has. Text may begin
 * with the instant: `1m12.5s rollback_started`.
 */
export type TimelinePattern = string | RegExp | Partial<SwarmRecord>;

/** The lines come in this order, each with anything between it and the one before. */
export function toMatchTimeline(received: unknown, patterns: readonly TimelinePattern[]): Verdict {
  const subject = eitherIn(received, 'toMatchTimeline');
  const swarm = isSwarm(subject) ? subject : subject.swarm;
  requireHistory(swarm, 'toMatchTimeline');
  const service = isSwarm(subject) ? undefined : subject.name;
  const lines = timelineOf(swarm.trace.records, { detail: 'all', ...(service !== undefined && { service }) });
  const { matched, missing } = follow(lines, patterns);
  const last = matched[matched.length - 1];
  const after = last === undefined ? '' : ` after ${formatInstant(last.at)} (${last.text})`;
  return {
    pass: missing === undefined,
    swarm,
    subject: service ?? 'the swarm',
    ...(service !== undefined && { service }),
    expected: `to match a time line of ${patterns.length} ${patterns.length === 1 ? 'line' : 'lines'}`,
    found:
      missing === undefined
        ? `it does, up to ${formatInstant(last?.at ?? 0)}`
        : `there is no ${textOf(missing)}${after}`,
    where: { from: last?.at ?? 0, until: missing === undefined ? (last?.at ?? 0) : swarm.now },
  };
}

function follow(lines: readonly TimelineLine[], patterns: readonly TimelinePattern[]) {
  const matched: TimelineLine[] = [];
  let next = 0;
  for (const pattern of patterns) {
    const index = lines.findIndex((line, position) => position >= next && isLike(line, pattern));
    if (index < 0) return { matched, missing: pattern };
    matched.push(lines[index]!);
    next = index + 1;
  }
  return { matched, missing: undefined };
}

function isLike({ at, text, records }: TimelineLine, pattern: TimelinePattern): boolean {
  const line = `${formatInstant(at)} ${text}`;
  // Text that begins with an instant has to begin the line: "5s" is not a part of "15s".
  if (typeof pattern === 'string') return text.includes(pattern) || line.startsWith(pattern);
  if (pattern instanceof RegExp) return line.search(pattern) >= 0;
  const wanted = Object.entries(pattern);
  return records.some((record) => wanted.every(([key, value]) => Object.is(record[key as keyof SwarmRecord], value)));
}

function textOf(pattern: TimelinePattern): string {
  return pattern instanceof RegExp ? String(pattern) : JSON.stringify(pattern);
}
