import type { Rollout } from './rollout.ts';

/** Whether Swarm acted on what was wrong with a release. */
export function isCaught({ result }: Rollout): boolean {
  return result.outcome === 'rolled back' || result.outcome === 'paused' || result.outcome === 'rollback paused';
}

/** Less than half of what is wanted, which few services can do with for long. */
export function isTooFew(running: number, wanted: number): boolean {
  return running * 2 < wanted;
}
