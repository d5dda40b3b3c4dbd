/** The contract between the network and its rules. */
import { DryswarmError, type Micros } from '../base/index.ts';
import type { Distribution } from '../sim/index.ts';
import type { Traffic } from './traffic.ts';

/** Names an installed rule by its kind and a number, such as `loss-2`. Never used twice. */
export type RuleId = string;

/** A message arrives so long after it was sent, unless it has to wait for an earlier one. */
export interface Delivery {
  readonly after: Micros;
  /** A second copy arrives so long after the first; nobody waits for it. */
  readonly copyAfter?: Micros;
  /** It waits for no earlier message of its lane, and no later one waits for it. */
  readonly unordered?: true;
}

/** What a rule says about one message. `pass`: nothing, ask the next one. */
export type Opinion = 'pass' | 'drop' | 'hold' | Delivery;

/** What a rule may go by. */
export interface Passage {
  /** How long this message takes on its link. */
  readonly latency: Micros;
  /** The rule's luck with this message: up to {@link DRAWS_PER_MESSAGE} numbers in [0, 1). */
  readonly draw: () => number;
}

/** How many draws a rule may make for one message. */
export const DRAWS_PER_MESSAGE = 2;

/** What rules of one kind do; each hook that is absent does nothing. */
export interface RuleKind<R extends Traffic> {
  /**
   * Says what becomes of a message. Rules that cut are asked before all others, so that nothing gets through a
   * partition because some other rule had an opinion first; otherwise the order is that of installation.
   */
  readonly judge?: (rule: R, passage: Passage) => Opinion;
  readonly cuts?: true;
  /** The latency of its links. Of several such rules the one installed last counts. */
  readonly latency?: (rule: R) => Distribution;
  /** What comes on top of the latency of its links, whatever other rules add. */
  readonly delay?: (rule: R) => Distribution;
  /** @throws DryswarmError (`invalid-rule`) for parameters that make no sense. */
  readonly check?: (rule: R) => void;
  /** What it does to its traffic, in words. */
  readonly describe: (rule: R) => string;
}

/** For {@link RuleKind.check}. */
export function requireRatio(ratio: number): void {
  if (!(ratio >= 0 && ratio <= 1)) throw new DryswarmError('invalid-rule', `a ratio is between 0 and 1, not ${ratio}`);
}

export function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(3))} %`;
}
