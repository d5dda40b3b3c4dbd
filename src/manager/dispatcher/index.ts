export { AGENT_MESSAGE, type AgentMessage, DISPATCHER, dispatcher } from './dispatcher.ts';
export { deadlineAfter, GRACE, periodsOf } from './node-store.ts';
export {
  type Beat,
  DEFAULT_HEARTBEAT_JITTER,
  DISPATCHER_LATENCIES,
  type DispatcherLatencies,
  type DispatcherOptions,
  NO_DISPATCHER_LATENCIES,
  type QuietHeartbeats,
  type Rhythm,
} from './options.ts';
export { orphanWriter } from './orphans.ts';
export { DISPATCHER_STOPPED, removalRefusal } from './refusals.ts';
export { HEARTBEATS_RESUMED, type Resumption } from './rest.ts';
export { statusWriter } from './status-writer.ts';
