export { type EventId, EventQueue, type EventQueueCheckpoint, type QueueEntry } from './event-queue.ts';
export type { Limits } from './limits.ts';
export {
  Priority,
  type QueuedEvent,
  type RunOptions,
  type ScheduleOptions,
  Simulator,
  type SimulatorCheckpoint,
  type SimulatorOptions,
} from './simulator.ts';
