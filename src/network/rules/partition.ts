import type { RuleKind } from '../rule.ts';
import type { Traffic } from '../traffic.ts';

/** Nothing gets through. What was sent before is not stopped. */
export interface PartitionRule extends Traffic {
  readonly kind: 'partition';
}

export const partition: RuleKind<PartitionRule> = {
  cuts: true,
  judge: () => 'drop',
  describe: () => 'cut',
};
