/** Waiting for a swarm to come to rest, which some never do. */
import { formatDuration } from '../api/index.ts';
import { LimitError, microsOf, type Nanoseconds } from '../base/index.ts';
import type { Swarm } from '../swarm/index.ts';
import { FAILED, taskLives } from './history.ts';

/** What goes on failing for so long after the last update has ended is not waited for any longer. */
const CALM: Nanoseconds = 300e9;

/**
 * Runs until nothing is under way, or patience ends.
 * @returns what was still under way, in plain words; nothing where all has come to rest, or `unless` has held.
 */
export function settle(
  swarm: Swarm,
  patience: Nanoseconds,
  interruption: { readonly unless?: () => boolean } = {},
): readonly string[] {
  const stretch = Math.min(patience, CALM);
  for (let waited = 0; waited < patience; waited += stretch) {
    // A first stretch may begin before the update has.
    const wasCalm = waited > 0 && !isUpdating(swarm);
    if (settles(swarm, Math.min(stretch, patience - waited), interruption)) return [];
    if (wasCalm && failing(swarm).length > 0) break;
  }
  return [...failing(swarm), ...swarm.underWay()];
}

/** Whether a line of what is under way is about a service, or a task of it. */
export function isAbout(line: string, service: string): boolean {
  return line.startsWith(`${service} `) || line.startsWith(`${service}.`);
}

function settles(swarm: Swarm, within: Nanoseconds, interruption: { readonly unless?: () => boolean }): boolean {
  const deadline = swarm.now + microsOf(within);
  try {
    swarm.runUntilSettled({ within, ...interruption });
    return true;
  } catch (error) {
    // Where the time is not over, a budget against runaway runs is.
    if (error instanceof LimitError && swarm.now >= deadline) return false;
    throw error;
  }
}

function isUpdating(swarm: Swarm): boolean {
  return swarm.services.all().some(({ updateStatus }) => {
    return updateStatus?.state === 'updating' || updateStatus?.state === 'rollback_started';
  });
}

/** What crashes again and again may seem to be well at any single moment. */
function failing(swarm: Swarm): readonly string[] {
  const since = swarm.now - microsOf(CALM);
  return swarm.services.all().flatMap(({ id, name }) => {
    const lives = taskLives(swarm.trace.records, id);
    const count = lives.filter(({ end }) => end && end.at > since && FAILED.has(end.state)).length;
    return count === 0 ? [] : [`${name} keeps failing: ${count} tasks in the last ${formatDuration(CALM)}`];
  });
}
