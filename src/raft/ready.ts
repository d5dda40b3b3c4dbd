import type { Entry, MemberId } from './entry.ts';
import type { Message, Snapshot } from './messages.ts';

/** What a member is to its cluster. A `pre-candidate` asks whether an election would succeed (pre-vote). */
export type Role = 'follower' | 'pre-candidate' | 'candidate' | 'leader';

/** What a member must not forget. */
export interface HardState {
  readonly term: number;
  /** Whom it voted for in `term`; 0 for nobody. */
  readonly vote: MemberId;
  readonly commit: number;
}

/** What a member believes and need not remember. */
export interface SoftState {
  readonly role: Role;
  readonly leader: MemberId;
}

/**
 * What a member wants done, in this order: store `snapshot`, `entries` and `hardState`; send `messages`; give
 * `snapshot` to the application; apply `committed`, each membership change with `applyConfChange`; then `advance`.
 */
export interface Ready<D = string, S = D> {
  /** Present when the role or the known leader changed. */
  readonly softState: SoftState | undefined;
  /** To store; present when it changed. */
  readonly hardState: HardState | undefined;
  /** To store and to give to the application, in place of everything it had. */
  readonly snapshot: Snapshot<S> | undefined;
  /** To store; they replace stored entries with their indexes and after. */
  readonly entries: readonly Entry<D>[];
  /** To send, once the above is stored. */
  readonly messages: readonly Message<D, S>[];
  /** To apply. */
  readonly committed: readonly Entry<D>[];
  /** The stored part must have reached the disk before messages leave. A change of the commit index alone need not. */
  readonly mustSync: boolean;
}
