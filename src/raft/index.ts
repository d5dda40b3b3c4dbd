export type { ConfChange, ConfChangeEntry, Entry, MemberId, NormalEntry, Payload } from './entry.ts';
export { NONE } from './entry.ts';
export { type EntryList, entriesOf } from './entry-list.ts';
export type {
  AppendRequest,
  AppendResponse,
  ForwardedProposal,
  Heartbeat,
  HeartbeatResponse,
  InstallSnapshot,
  Message,
  Snapshot,
  TimeoutNow,
  TransferRequest,
  VoteRequest,
  VoteResponse,
} from './messages.ts';
export type { RaftOptions } from './options.ts';
export {
  forceNewCluster,
  lastStoredIndex,
  type Persisted,
  persist,
  persistedOf,
  persistSnapshot,
} from './persisted.ts';
export type { Progress, ProgressState } from './progress.ts';
export { type Ballot, committedIndex, quorumSize, toleratedFailures, type VoteResult, voteResult } from './quorum.ts';
export { Raft, type RaftCheckpoint } from './raft.ts';
export type { HardState, Ready, Role, SoftState } from './ready.ts';
export type { Refusal } from './refusal.ts';
export type { RaftStatus } from './status.ts';
