export { nodeMatches, parseConstraints } from './constraint/index.ts';
export type { ApiOutcome, Ticket } from './control-api/control-api.ts';
export type { Membership } from './control-api/nodes.ts';
export type { ApiAnswer, ApiRequest } from './control-api/requests.ts';
export type { Clock, ManagerEvent } from './control-plane.ts';
export {
  type AgentMessage,
  type Beat,
  DISPATCHER,
  DISPATCHER_LATENCIES,
  DISPATCHER_STOPPED,
  type DispatcherLatencies,
  type DispatcherOptions,
  deadlineAfter,
  dispatcher,
  GRACE,
  HEARTBEATS_RESUMED,
  NO_DISPATCHER_LATENCIES,
  periodsOf,
  type QuietHeartbeats,
  type Resumption,
  type Rhythm,
  removalRefusal,
} from './dispatcher/index.ts';
export { LOST_LEADER, Manager, type ManagerOptions, type ManagerState } from './manager.ts';
export type { Races } from './map-order.ts';
export { isTaskDirty } from './orchestrator/task.ts';
export { commitPriority, PHASE, phaseOf } from './phase.ts';
export {
  type ClusterSnapshot,
  forcing,
  founding,
  joining,
  type LogPlace,
  type ManagerDisk,
  type ManagerMessage,
  type Proposal,
  RaftMember,
  type RaftMemberCheckpoint,
  type RaftPorts,
  restarting,
  type Start,
} from './raft/index.ts';
export { rank } from './rank.ts';
export { Abandoned, type Context, type Input, type Note, type ProcessId, type Reactor, type Step } from './reactor.ts';
export { MEMBERS_CHANGED, type RaftGroup, ROLE_MANAGER, roleManager } from './role-manager.ts';
export type { NodeVerdict, PlacementExplanation, Rank, Spread } from './scheduler/index.ts';
export type { Observer, Origin, Proposer } from './write-slot.ts';
