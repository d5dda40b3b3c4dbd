export { AGENT_MESSAGE, type AgentMessage, DISPATCHER, dispatcher } from './dispatcher.ts';
export {
  DEFAULT_HEARTBEAT_JITTER,
  DISPATCHER_LATENCIES,
  type DispatcherLatencies,
  type DispatcherOptions,
  NO_DISPATCHER_LATENCIES,
} from './options.ts';
export { orphanWriter } from './orphans.ts';
export { DISPATCHER_STOPPED } from './refusals.ts';
export { statusWriter } from './status-writer.ts';
