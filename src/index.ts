/**
 * dryswarm: a deterministic, in-process simulator of Docker Swarm.
 *
 * @packageDocumentation
 */
export type { Occurrence, UncertainDuration } from './agent/index.ts';
export {
  type Availability,
  type Cluster,
  type EndpointSpec,
  formatDuration,
  type HealthConfig,
  type Labels,
  type Network,
  type Node,
  type NodeSpec,
  type PortConfig,
  parseDuration,
  type RestartPolicy,
  type Service,
  type ServiceMode,
  type ServiceSpec,
  type Task,
  type TaskSpec,
  TaskState,
  type TaskStateName,
  type TaskStatus,
  taskStateName,
  type UpdateConfig,
  type UpdateState,
  type UpdateStatus,
} from './api/index.ts';
export {
  ApiError,
  DryswarmError,
  type DurationInput,
  hours,
  type Instant,
  InvariantError,
  LimitError,
  type Micros,
  millis,
  minutes,
  type Nanoseconds,
  type StatusCode,
  seconds,
} from './base/index.ts';
export type { ApiRequest, NodeVerdict, PlacementExplanation, Races } from './manager/index.ts';
export type { Distribution, Limits, Seed, SinkOptions, TraceRecord } from './sim/index.ts';
export type { Change, ReadView, TableView } from './store/index.ts';
export * from './swarm/index.ts';
