import type { Metric } from './metric.ts';

/** How a deployment ended for a service, in the words of its update status; `stuck` where the update has not ended. */
export const OUTCOMES = [
  'unchanged',
  'created',
  'completed',
  'rolled back',
  'paused',
  'rollback paused',
  'stuck',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const outcome: Metric<Outcome> = {
  name: 'outcome',
  describe: 'how the update ended',
  measure({ statuses, isNew }) {
    const last = statuses[statuses.length - 1];
    if (!last || last.state === 'none') return isNew ? 'created' : 'unchanged';
    switch (last.state) {
      case 'paused':
        return 'paused';
      case 'rollback_paused':
        return 'rollback paused';
      case 'rollback_completed':
        return 'rolled back';
      case 'completed':
        // The silent second run after a rollback ends in "completed" all the same.
        return statuses.some(({ state }) => state === 'rollback_started') ? 'rolled back' : 'completed';
      default:
        return 'stuck';
    }
  },
};
