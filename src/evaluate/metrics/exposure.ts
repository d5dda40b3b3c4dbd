import type { Metric } from './metric.ts';

/** Slots (nodes, for a global service) in which a task of the new version was seen running at some time. */
export const exposure: Metric<number> = {
  name: 'exposed',
  describe: 'slots in which the new version has run',
  measure({ tasks, newVersion }) {
    const slots = new Set<string>();
    for (const { version, runningFrom, slot, node } of tasks) {
      if (version === newVersion && runningFrom !== undefined) slots.add(slot === 0 ? node : String(slot));
    }
    return slots.size;
  },
};
