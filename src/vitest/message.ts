/** The message of a failed matcher: what, since when, what happened around it, and how to see it again. */
import { excerpt, formatInstant, timelineOf } from '../swarm/index.ts';
import type { Verdict } from './verdict.ts';

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

function storyAround({ swarm, service, where = { from: swarm.now, until: swarm.now } }: Verdict): string[] {
  const lines = timelineOf(swarm.trace.records, service === undefined ? {} : { service });
  return excerpt(lines, where).map((line) => `  ${line}`);
}
