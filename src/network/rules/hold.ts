import type { RuleKind } from '../rule.ts';
import type { Traffic } from '../traffic.ts';

/** Messages wait until the rule is uninstalled, and then go on in their order. */
export interface HoldRule extends Traffic {
  readonly kind: 'hold';
}

export const hold: RuleKind<HoldRule> = {
  cuts: true,
  judge: () => 'hold',
  describe: () => 'held',
};
