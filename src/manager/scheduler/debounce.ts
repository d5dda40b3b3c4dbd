/**
 * When the scheduler acts: 50 ms after the last commit of a series, whatever was committed; but a commit that comes
 * more than 1 s after the first one of its series lets it act at once (swarmkit manager/scheduler/scheduler.go, Run).
 */
import { type Instant, millis, seconds } from '../../base/index.ts';

/** How long a series of commits must have been quiet. */
export const COMMIT_DEBOUNCE_GAP = millis(50);

/** How old a series may become. */
export const MAX_LATENCY = seconds(1);

/** A series of commits that the scheduler has not acted on yet; undefined where there is none. */
export type Debounce = { readonly startedAt: Instant; readonly dueAt: Instant } | undefined;

/** A commit, after its changes have been absorbed: run the scheduler now, or set its one timer to `dueAt`. */
export function onCommit(debounce: Debounce, now: Instant): { readonly runNow: boolean; readonly debounce: Debounce } {
  const startedAt = debounce?.startedAt ?? now;
  if (now - startedAt > MAX_LATENCY) return { runNow: true, debounce: undefined };
  return { runNow: false, debounce: { startedAt, dueAt: now + COMMIT_DEBOUNCE_GAP } };
}
