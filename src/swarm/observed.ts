/** A swarm as it is looked at: what reads the trace and the view needs no more, and can change nothing. */
import type { Instant } from '../base/index.ts';
import type { Seed, Trace } from '../sim/index.ts';
import type { ReadView } from '../store/index.ts';
import type { SwarmRecords } from './records.ts';

/** What can be read of a swarm. A `Swarm` is one; handles give theirs. */
export interface ObservedSwarm {
  /** Virtual microseconds since the swarm was made. */
  readonly now: Instant;
  readonly seed: Seed;
  /** The stored objects, as the leader has committed them. */
  readonly view: ReadView;
  /** What has happened, each record with the one it follows from. */
  readonly trace: Pick<Trace<SwarmRecords>, 'enabled' | 'records' | 'hash'>;
  /** What keeps the swarm from being settled, in plain words. */
  underWay(): readonly string[];
}
