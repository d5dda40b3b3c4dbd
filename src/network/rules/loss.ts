import { percent, type RuleKind, requireRatio } from '../rule.ts';
import type { Traffic } from '../traffic.ts';

/** Some messages are lost, each by a chance of its own. */
export interface LossRule extends Traffic {
  readonly kind: 'loss';
  /** The share that is lost, 0 to 1. */
  readonly ratio: number;
}

export const loss: RuleKind<LossRule> = {
  judge: ({ ratio }, { draw }) => (draw() < ratio ? 'drop' : 'pass'),
  check: ({ ratio }) => requireRatio(ratio),
  describe: ({ ratio }) => `${percent(ratio)} lost`,
};
