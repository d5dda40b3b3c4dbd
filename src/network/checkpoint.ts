import type { Distribution, Seed } from '../sim/index.ts';
import type { LaneState } from './lanes.ts';
import type { Message } from './message.ts';
import type { InstalledRule } from './plan.ts';
import type { RuleId } from './rule.ts';
import type { Rule } from './rules/index.ts';

/** A network's whole state as plain data. Messages and rules are shared, they never change. */
export interface NetworkCheckpoint<M> {
  readonly seed: Seed;
  readonly latency: Distribution;
  /** The site of each machine, in pairs. */
  readonly sites: readonly (readonly [machine: string, site: string])[];
  readonly rules: readonly InstalledRule[];
  /** How many rules of each kind were ever installed, in pairs. */
  readonly installed: readonly (readonly [kind: Rule['kind'], count: number])[];
  readonly lanes: readonly Readonly<LaneState>[];
  readonly held: readonly HeldMessage<M>[];
}

export interface HeldMessage<M> {
  readonly message: Message<M>;
  /** Which message of its lane it is, counted from 0. */
  readonly k: number;
  readonly by: RuleId;
}
