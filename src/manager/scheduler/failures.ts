/**
 * What a node is remembered for: when tasks of one version of a service failed or were rejected there. The record
 * lives in the scheduler alone and is lost with it (swarmkit manager/scheduler/nodeinfo.go).
 */
import { type Instant, minutes } from '../../base/index.ts';

/** How long a failure is held against a node. */
const FAILURE_WINDOW = minutes(5);

/** From this many recent failures on, a node is worse than any node that has fewer. */
export const MAX_FAILURES = 5;

/** Instants of failures, oldest first, by {@link failureKey}. A value: replaced, never changed. */
export interface FailureRecord {
  readonly failures: ReadonlyMap<string, readonly Instant[]>;
  readonly cleanedAt: Instant;
}

export function emptyFailureRecord(at: Instant): FailureRecord {
  return { failures: NONE, cleanedAt: at };
}

/** Tasks without a spec version count as version 0. */
export function failureKey(serviceId: string, specVersion: number | undefined): string {
  return `${serviceId} ${specVersion ?? 0}`;
}

export function withFailure(record: FailureRecord, key: string, at: Instant): FailureRecord {
  const isExpired = (failedAt: Instant): boolean => at - failedAt >= FAILURE_WINDOW;
  const isDue = isExpired(record.cleanedAt);
  const kept = isDue ? [...record.failures].filter(([, instants]) => !instants.every(isExpired)) : record.failures;
  const failures = new Map(kept);
  failures.set(key, [...(failures.get(key) ?? []).filter((failedAt) => !isExpired(failedAt)), at]);
  return { failures, cleanedAt: isDue ? at : record.cleanedAt };
}

/** Failures no older than the window. One of exactly that age still counts, until the next failure drops it. */
export function recentFailures(record: FailureRecord, key: string, at: Instant): number {
  if (record.failures.size === 0) return 0;
  const instants = record.failures.get(key);
  return instants ? instants.filter((failedAt) => at - failedAt <= FAILURE_WINDOW).length : 0;
}

const NONE: ReadonlyMap<string, readonly Instant[]> = new Map();
