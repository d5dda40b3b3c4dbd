import type { Metric } from './metric.ts';

/**
 * Whether the service came to rest in the end. An update that has ended says nothing about it: after a
 * pause, and after a completion that nobody watched, containers may go on crashing for ever.
 */
export const atRest: Metric<boolean> = {
  name: 'at rest',
  describe: 'whether the service came to rest',
  measure: ({ isAtRest }) => isAtRest,
};
