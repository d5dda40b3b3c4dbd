import { type Distribution, sampleDuration } from '../../sim/index.ts';
import { percent, type RuleKind, requireRatio } from '../rule.ts';
import { spanText } from '../span-text.ts';
import type { Traffic } from '../traffic.ts';

/** Some messages take longer, and later ones of their lane overtake them. */
export interface ReorderRule extends Traffic {
  readonly kind: 'reorder';
  /** The share that is set back, 0 to 1. */
  readonly ratio: number;
  /** By how much, in microseconds. */
  readonly by: Distribution;
}

export const reorder: RuleKind<ReorderRule> = {
  judge({ ratio, by }, { latency, draw }) {
    if (draw() >= ratio) return 'pass';
    return { after: latency + sampleDuration(by, draw), unordered: true };
  },
  check: ({ ratio }) => requireRatio(ratio),
  describe: ({ ratio, by }) => `${percent(ratio)} set back by ${spanText(by)}`,
};
