import { diesAfter10s, diesAfter30s, diesAtStart } from './battery.ts';
import type { Rollout } from './rollout.ts';
import type { Subject } from './subject.ts';

/** Whether Swarm acted on what was wrong with a release. */
export function isCaught({ result }: Rollout): boolean {
  return result.outcome === 'rolled back' || result.outcome === 'paused' || result.outcome === 'rollback paused';
}

/** Less than half of what is wanted, which few services can do with for long. */
export function isTooFew(running: number, wanted: number): boolean {
  return running * 2 < wanted;
}

/**
 * The rollouts of releases that fail at some age and are caught, the soonest first. A failure counts within the monitor
 * period, so what is too late for it at some age is so at any later one, and need not be played.
 */
export function caughtByAge(subject: Subject): readonly Rollout[] {
  const caught: Rollout[] = [];
  for (const release of [diesAtStart, diesAfter10s, diesAfter30s]) {
    const rollout = subject.rollout(release);
    if (!isCaught(rollout)) break;
    caught.push(rollout);
  }
  return caught;
}
