/** What every part of a swarm may use of the whole. */
import type { Node } from '../api/index.ts';
import type { LogPlace } from '../manager/index.ts';
import type { MemberId } from '../raft/index.ts';
import type { RandomStreams } from '../sim/index.ts';
import type { Change, NewEntity } from '../store/index.ts';
import type { Heartbeats } from './heartbeats.ts';
import type { ResolvedOptions } from './options.ts';
import type { CallId, CallOutcome } from './parcels.ts';
import type { RaftJournal } from './raft-journal.ts';
import type { SwarmTrace } from './tracer.ts';
import type { Kernel, Wire } from './wire.ts';

export interface World {
  readonly options: ResolvedOptions;
  readonly kernel: Kernel;
  readonly wire: Wire;
  readonly random: RandomStreams;
  readonly trace: SwarmTrace;
  readonly journal: RaftJournal;
  readonly heartbeats: Heartbeats;
  /** The node that a machine is; undefined where it is in no swarm. */
  nodeAt(machine: string): string | undefined;
  /** The machine that a node is, or was. */
  machineOf(node: string): string;
  /** The node of a member, also of one that is a member no more. */
  nodeOf(member: MemberId): string;
  /** The machine of a member, or former member. */
  addressOf(member: MemberId): string;
  /** A raft id for a node; none is used twice. */
  newMember(node: string): MemberId;
  /** A manager has applied an entry of somebody's. True where it is the first to do so. */
  isFirstToApply(by: MemberId, place: LogPlace): boolean;
  /** Called once for everything that is committed. */
  committed(changes: readonly Change[]): void;
  /** Something is about to happen to a raft group that may have been left alone. */
  endQuiet(): void;
  callAnswered(call: CallId, outcome: CallOutcome): void;
  /** A machine whose node object was written may begin. */
  joined(node: NewEntity<Node>): void;
}
