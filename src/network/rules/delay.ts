import type { Distribution } from '../../sim/index.ts';
import type { RuleKind } from '../rule.ts';
import { spanText } from '../span-text.ts';
import type { Traffic } from '../traffic.ts';

/** Messages take longer than they would otherwise: jitter, congestion. Delays add up. */
export interface DelayRule extends Traffic {
  readonly kind: 'delay';
  /** In microseconds. */
  readonly by: Distribution;
}

export const delay: RuleKind<DelayRule> = {
  delay: (rule) => rule.by,
  describe: (rule) => `slower by ${spanText(rule.by)}`,
};
