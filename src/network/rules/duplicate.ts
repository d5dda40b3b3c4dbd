import { type Distribution, sampleDuration } from '../../sim/index.ts';
import { percent, type RuleKind, requireRatio } from '../rule.ts';
import type { Traffic } from '../traffic.ts';

/** Some messages arrive twice. */
export interface DuplicateRule extends Traffic {
  readonly kind: 'duplicate';
  /** The share that arrives twice, 0 to 1. */
  readonly ratio: number;
  /** How long after the first the second copy arrives, in microseconds. Default 0: right behind it. */
  readonly after?: Distribution;
}

export const duplicate: RuleKind<DuplicateRule> = {
  judge({ ratio, after }, { latency, draw }) {
    if (draw() >= ratio) return 'pass';
    return { after: latency, copyAfter: after ? sampleDuration(after, draw) : 0 };
  },
  check: ({ ratio }) => requireRatio(ratio),
  describe: ({ ratio }) => `${percent(ratio)} delivered twice`,
};
