/**
 * Which slots stay when a service is scaled down (swarmkit manager/orchestrator/replicated/slot.go): slots without a
 * node or in the middle of an update go first, then those on the fullest nodes; within a node the ones that are
 * not running before the running ones, and higher slot numbers before lower.
 */
import { TaskState } from '../../api/index.ts';
import type { Slot } from './task.ts';

export function keptOnScaleDown(slots: readonly Slot[], wanted: number): { kept: Slot[]; removed: Slot[] } {
  const onNode = new Map<string, number>();
  const ranked = [...slots].sort(byRunningState).map((slot) => {
    const [task] = slot;
    if (slot.length !== 1 || !task || task.nodeId === '') return { slot, index: Number.POSITIVE_INFINITY };
    const index = (onNode.get(task.nodeId) ?? 0) + 1;
    onNode.set(task.nodeId, index);
    return { slot, index };
  });
  ranked.sort((a, b) => (a.index === b.index ? 0 : a.index - b.index));
  const sorted = ranked.map(({ slot }) => slot);
  return { kept: sorted.slice(0, wanted), removed: sorted.slice(wanted) };
}

function byRunningState(a: Slot, b: Slot): number {
  return Number(isRunning(b)) - Number(isRunning(a)) || a[0]!.slot - b[0]!.slot;
}

function isRunning(slot: Slot): boolean {
  return slot.some((task) => task.status.state === TaskState.RUNNING);
}
