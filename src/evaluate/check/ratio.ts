import type { Subject } from './subject.ts';

/** The least ratio that one more file can set: an empty value, such as zero, never overrides another one. */
export const LEAST_RATIO = 0.01;

/**
 * How many of so many slots may fail without a reaction: the ratio has to be exceeded, in 32-bit floats.
 * (swarmkit manager/orchestrator/update/updater.go, failureTriggersAction)
 */
export function toleratedFailures(ratio: number, slots: number): number {
  let failures = 0;
  while (failures < slots && Math.fround((failures + 1) / slots) <= Math.fround(ratio)) failures += 1;
  return failures;
}

/** Whether an update can be stopped by a failure at all. */
export function isWatched(subject: Subject, slots: number): boolean {
  const { failureAction, maxFailureRatio } = subject.update;
  return failureAction !== 'continue' && toleratedFailures(maxFailureRatio, slots) < slots;
}
