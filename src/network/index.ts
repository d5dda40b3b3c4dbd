export type { HeldMessage, NetworkCheckpoint } from './checkpoint.ts';
export type { Lane } from './lane.ts';
export type { Message, Released, Verdict } from './message.ts';
export { Network, type NetworkDescription, type NetworkOptions, type SkipOptions } from './network.ts';
export type { InstalledRule } from './plan.ts';
export type { RuleId } from './rule.ts';
export type {
  DelayRule,
  DuplicateRule,
  HoldRule,
  LatencyRule,
  LossRule,
  PartitionRule,
  ReorderRule,
  Rule,
} from './rules/index.ts';
export type { Machines, Traffic } from './traffic.ts';
export {
  DRAIN_LIMIT,
  type ExchangeId,
  type Outgoing,
  QUEUE_LIMIT,
  SEND_LIMIT,
  type TransportCheckpoint,
  type TransportOptions,
  type TransportOutput,
  TransportPeer,
} from './transport.ts';
