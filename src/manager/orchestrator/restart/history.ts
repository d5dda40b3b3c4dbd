/**
 * How often each slot was restarted (swarmkit manager/orchestrator/restart/restart.go, instanceRestartInfo). Kept
 * in memory only: a new leader rebuilds it from the tasks that are still stored.
 */
import type { Task } from '../../../api/index.ts';
import type { Instant } from '../../../base/index.ts';

export interface SlotHistory {
  total: number;
  specVersion: number | undefined;
  /** When the replacements were made, kept only where the policy has a window. */
  instants: Instant[];
}

/** Slot key to history, per service. */
export type RestartHistory = Map<string, Map<string, SlotHistory>>;

export function recordRestart(
  history: RestartHistory,
  key: string,
  replacement: Pick<Task, 'serviceId' | 'spec' | 'specVersion'>,
  at: Instant,
): void {
  const policy = replacement.spec.restart;
  if (!policy || policy.maxAttempts === 0) return;
  const slots = history.get(replacement.serviceId) ?? new Map<string, SlotHistory>();
  history.set(replacement.serviceId, slots);
  let slot = slots.get(key);
  // Failures of an older version do not count against a new one.
  if (!slot || (replacement.specVersion !== undefined && replacement.specVersion !== slot.specVersion)) {
    slot = { total: 0, specVersion: replacement.specVersion, instants: [] };
    slots.set(key, slot);
  }
  slot.total += 1;
  if (policy.window) slot.instants.push(at);
}

/** How many of the recorded restarts fall in the window that ends at `until`. Forgets those before it. */
export function restartsInWindow(slot: SlotHistory, after: Instant, until: Instant): number {
  slot.instants = slot.instants.filter((instant) => instant > after);
  let count = slot.instants.length;
  for (let index = slot.instants.length - 1; index >= 0 && slot.instants[index]! >= until; index -= 1) count -= 1;
  return count;
}
