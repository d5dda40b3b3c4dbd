/** All rules, seen from one lane: what is asked of each of its messages. Derived, so never part of a checkpoint. */
import type { Micros } from '../base/index.ts';
import { type Distribution, HashStream, longestDuration, type Seed, sampleDuration } from '../sim/index.ts';
import { type Lane, laneKey } from './lane.ts';
import { type Delivery, DRAWS_PER_MESSAGE, type Opinion, type Passage, type RuleId } from './rule.ts';
import { kindOf, type Rule } from './rules/index.ts';
import { concerns, type Sites } from './traffic.ts';

export interface InstalledRule {
  readonly id: RuleId;
  readonly rule: Rule;
}

/** All that a plan depends on beside the lane. */
export interface Circumstances {
  readonly seed: Seed;
  /** Where no rule says otherwise. */
  readonly latency: Distribution;
  readonly sites: Sites;
  /** In the order installed. */
  readonly rules: readonly InstalledRule[];
}

export interface Plan {
  /** The latency, and what comes on top of it. */
  readonly spans: readonly Span[];
  /** In the order asked. */
  readonly judges: readonly Judge[];
  /** Messages sent now get through, whatever luck they have. */
  readonly isOpen: boolean;
}

interface Span {
  readonly distribution: Distribution;
  readonly luck: HashStream;
}

interface Judge {
  readonly id: RuleId;
  readonly judge: (passage: Passage) => Opinion;
  readonly luck: HashStream;
}

/** What becomes of a message. `by` names the rule that stopped it. */
export type Fate =
  | { readonly kind: 'deliver'; readonly delivery: Delivery }
  | { readonly kind: 'drop' | 'hold'; readonly by: RuleId };

/**
 * Names are made of lane and purpose, so what one lane or rule draws never depends on another. Latency has one name
 * whatever rule sets it: the k-th message of a lane keeps its luck when the latency changes.
 */
export function planOf(lane: Lane, { seed, latency, sites, rules }: Circumstances): Plan {
  const luck = (purpose: string) => new HashStream(seed, `network/${purpose}/${laneKey(lane)}`);
  const spans: Span[] = [{ distribution: latency, luck: luck('latency') }];
  const cutting: Judge[] = [];
  const shaping: Judge[] = [];
  for (const { id, rule } of rules) {
    if (!concerns(rule, lane, sites)) continue;
    const kind = kindOf(rule);
    if (kind.latency) spans[0] = { distribution: kind.latency(rule), luck: spans[0]!.luck };
    if (kind.delay) spans.push({ distribution: kind.delay(rule), luck: luck(id) });
    const { judge } = kind;
    if (judge) (kind.cuts ? cutting : shaping).push({ id, judge: (passage) => judge(rule, passage), luck: luck(id) });
  }
  return { spans, judges: [...cutting, ...shaping], isOpen: cutting.length === 0 };
}

const NO_LUCK = () => 0;

/** How long message `k` of the lane takes, in microseconds. */
export function latencyUnder({ spans }: Plan, k: number): Micros {
  let latency = 0;
  for (const { distribution, luck } of spans) {
    // Most links are like this, and need no luck.
    const isFixed = distribution.kind === 'fixed';
    latency += sampleDuration(distribution, isFixed ? NO_LUCK : luck.draws(k));
  }
  return latency;
}

/** No message of the lane takes longer; undefined where more may happen to it than a delay. */
export function longestUnder({ spans, judges }: Plan): Micros | undefined {
  if (judges.length > 0) return undefined;
  return spans.reduce((sum, { distribution }) => sum + longestDuration(distribution), 0);
}

/** What becomes of message `k` of the lane: the first opinion counts. */
export function fateUnder(plan: Plan, k: number): Fate {
  const latency = latencyUnder(plan, k);
  for (const { id, judge, luck } of plan.judges) {
    const opinion = judge({ latency, draw: luck.draws(k * DRAWS_PER_MESSAGE) });
    if (opinion === 'pass') continue;
    if (opinion === 'drop' || opinion === 'hold') return { kind: opinion, by: id };
    return { kind: 'deliver', delivery: opinion };
  }
  return { kind: 'deliver', delivery: { after: latency } };
}
