/** Every kind of rule. A new one is a file in this folder, a member of {@link Rule} and a line in the table. */
import type { RuleKind } from '../rule.ts';
import { type DelayRule, delay } from './delay.ts';
import { type DuplicateRule, duplicate } from './duplicate.ts';
import { type HoldRule, hold } from './hold.ts';
import { type LatencyRule, latency } from './latency.ts';
import { type LossRule, loss } from './loss.ts';
import { type PartitionRule, partition } from './partition.ts';
import { type ReorderRule, reorder } from './reorder.ts';

export type { DelayRule, DuplicateRule, HoldRule, LatencyRule, LossRule, PartitionRule, ReorderRule };

/** A rule as data: what kind of misfortune (or of normality), for which traffic, with which parameters. */
export type Rule = LatencyRule | DelayRule | PartitionRule | HoldRule | LossRule | DuplicateRule | ReorderRule;

const KINDS: { readonly [K in Rule['kind']]: RuleKind<Extract<Rule, { kind: K }>> } = {
  latency,
  delay,
  partition,
  hold,
  loss,
  duplicate,
  reorder,
};

/** What rules of this rule's kind do. */
export function kindOf(rule: Rule): RuleKind<Rule> {
  return KINDS[rule.kind] as RuleKind<Rule>;
}
