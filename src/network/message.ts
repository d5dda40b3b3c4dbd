/** What travels, and what the network says about it. */
import type { Instant } from '../base/index.ts';
import type { RuleId } from './rule.ts';

/** One message on its way from a machine to another. Never changed: it may be held, delivered twice, or forked. */
export interface Message<M> {
  readonly from: string;
  readonly to: string;
  /**
   * Messages of one channel arrive in the order in which they were sent, and have luck of their own; those of two
   * channels of one link do not wait for each other, as on two connections. Default: the channel named ''.
   */
  readonly channel?: string;
  /** When it is sent. */
  readonly at: Instant;
  readonly payload: M;
}

/**
 * What becomes of a message. The caller schedules the deliveries, each of a whole message and in the order in which
 * it got the verdicts; several deliveries are copies. A held message comes back from {@link Network.uninstall}.
 */
export type Verdict =
  | { readonly deliveries: readonly Instant[] }
  | { readonly dropped: RuleId }
  | { readonly held: RuleId };

/** A message that was held, and what becomes of it now. */
export interface Released<M> {
  readonly message: Message<M>;
  readonly verdict: Verdict;
}
