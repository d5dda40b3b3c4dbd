export { type Distribution, longestDuration, sample, sampleDuration } from './distributions.ts';
export { type EventId, EventQueue, type EventQueueCheckpoint, type QueueEntry } from './event-queue.ts';
export { HashStream, hashInteger, hashUnit } from './hash-stream.ts';
export type { Limits } from './limits.ts';
export { hashOf, PlainHash, type PlainHashState } from './plain-hash.ts';
export { type RandomCheckpoint, RandomStreams, type Seed, type Stream, type StreamState } from './random.ts';
export {
  Priority,
  type QueuedEvent,
  type RunOptions,
  type ScheduleOptions,
  Simulator,
  type SimulatorCheckpoint,
  type SimulatorOptions,
} from './simulator.ts';
export {
  firstDifference,
  type Recorder,
  type RecordHeader,
  type RecordId,
  type RecordMap,
  Trace,
  type TraceCheckpoint,
  type TraceDifference,
  type TraceOptions,
  type TraceRecord,
} from './trace.ts';
export type { SinkCheckpoint, SinkOptions } from './trace-sinks.ts';
