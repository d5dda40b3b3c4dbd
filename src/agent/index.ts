export {
  Agent,
  type AgentOptions,
  type AgentPorts,
  type AgentRecords,
  type AgentState,
  type AgentTimer,
} from './agent.ts';
export type { DispatcherPort } from './dispatcher-port.ts';
export type { ContainerView } from './engine/context.ts';
export type { Engine } from './engine/engine.ts';
export type { HealthResult, HealthState, HealthStatus } from './engine/health.ts';
export { effectiveHealthcheck, healthcheckError } from './engine/health-config.ts';
export type { LogEntry } from './engine/log.ts';
export type { ContainerAction } from './engine/records.ts';
export type {
  ContainerIdentity,
  Creation,
  Ending,
  ImageConfig,
  LogLine,
  Probe,
  ProbeRequest,
  Pull,
  PullRequest,
  Run,
  Workload,
} from './engine/workload.ts';
export type { NodeEnvironment, Rotation } from './executor/context.ts';
export { containerName } from './executor/task-container.ts';
export { imageReference } from './image-reference.ts';
export { type AgentLatencies, NO_LATENCIES, REAL_LATENCIES } from './latencies.ts';
export type { NextHeartbeat } from './session.ts';
export type { TimerId, Timers, WakeOptions } from './timers.ts';
export { type Behaviour, defineBehaviour, draw, type Subject } from './workload/behaviour.ts';
export { BEHAVIOURS, type ImageDefinition } from './workload/behaviours.ts';
export { distributionOf, type UncertainDuration } from './workload/duration.ts';
export {
  type ImageState,
  ImageWorkload,
  type ImageWorkloadOptions,
  type TaskIdentity,
} from './workload/image-workload.ts';
export {
  type Occurrence,
  type OccurrenceInput,
  type OccurrenceOptions,
  occurrenceOf,
  occurs,
  type Range,
} from './workload/occurrence.ts';
