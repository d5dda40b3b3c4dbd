export { BEHAVIOURS, distributionOf, type ImageDefinition, occurrenceOf } from '../agent/index.ts';
export type { Action } from './action.ts';
export type { SwarmCheckpoint } from './core.ts';
export {
  definitionOf,
  type HealthcheckDefinition,
  type PortDefinition,
  type ResourceDefinition,
  type RestartDefinition,
  type ServiceDefinition,
  specOf,
  type UpdateDefinition,
} from './definition.ts';
export { describeRecord, formatInstant, type SwarmRecord } from './describe.ts';
export { checkDeterminism, type TracedRun } from './determinism.ts';
export type { Cause, Explanation } from './explain.ts';
export { ENGINE_VERSION } from './machine.ts';
export { nameOfTask } from './names.ts';
export type { NetworkHandle } from './network.ts';
export type { NodeHandle } from './node.ts';
export type { ObservedSwarm } from './observed.ts';
export type {
  Latencies,
  NodeDefinition,
  RaftTicks,
  ResolvedLatencies,
  ResolvedOptions,
  SiteDefinition,
  SwarmOptions,
} from './options.ts';
export type { ControlRecords, NodeRecord, OnNode, SwarmRecords, TaskRecord } from './records.ts';
export type { EditableDefinition, ServiceHandle } from './service.ts';
export {
  type CallOptions,
  createSwarm,
  DEFAULT_PATIENCE,
  type Images,
  type Interruption,
  type Patience,
  restoreSwarm,
  type Services,
  Swarm,
  type SwarmReading,
} from './swarm.ts';
export { excerpt, formatTimeline, type TimelineLine, type TimelineOptions, timelineOf } from './timeline.ts';
export { readTraceFile, type TraceFile, traceFileOf } from './trace-file.ts';
