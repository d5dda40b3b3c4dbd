import type { Distribution } from '../../sim/index.ts';
import type { RuleKind } from '../rule.ts';
import { spanText } from '../span-text.ts';
import type { Traffic } from '../traffic.ts';

/** How long messages take one way; between two sites, for one. It stands in for what was said before. */
export interface LatencyRule extends Traffic {
  readonly kind: 'latency';
  /** In microseconds. */
  readonly latency: Distribution;
}

export const latency: RuleKind<LatencyRule> = {
  latency: (rule) => rule.latency,
  describe: (rule) => `latency ${spanText(rule.latency)}`,
};
