/** The data of a rolling update: one updater and its workers. */
import type { Cluster, Service, Task, UpdateConfig } from '../../../api/index.ts';
import type { Instant, Micros } from '../../../base/index.ts';
import type { ProcessId } from '../../reactor.ts';
import type { Slot } from '../task.ts';

export interface UpdaterArguments {
  /** The orchestrator whose supervisors this update uses. */
  readonly owner: ProcessId;
  readonly cluster: Cluster | undefined;
  /** The service as it was when the update was asked for; its status is not read again. */
  readonly service: Service;
  readonly slots: readonly Slot[];
}

export interface UpdaterState {
  readonly owner: ProcessId;
  readonly cluster: Cluster | undefined;
  readonly service: Service;
  readonly config: UpdateConfig;
  /** The slots to be updated, in the order in which they are handed out. */
  dirty: readonly Slot[];
  next: number;
  phase: 'starting' | 'distributing' | 'finishing' | 'watching';
  /** The period in which a failure counts, from the moment its task was seen running. */
  monitor: Micros;
  /** Workers that have still to be started. */
  unstarted: number;
  readonly workers: Set<ProcessId>;
  readonly idle: ProcessId[];
  /** Cancelled, paused or rolled back: no more slots, no completion. */
  stopped: boolean;
  watchesFailures: boolean;
  /** Failures that were not looked at yet. */
  readonly failures: Task[];
  readonly counted: Set<string>;
  /** Tasks that this run created, and when each was seen at RUNNING or beyond. */
  readonly created: Map<string, Instant | undefined>;
}

export interface WorkerState {
  readonly updater: ProcessId;
  slot: Slot;
  /** What it waits for: the new task's delayed start, the new task's end of starting, or its own delay. */
  waits: 'nothing' | 'start' | 'running' | 'delay';
  /** The new task it waits for, with its updates that were not looked at yet. */
  taskId: string;
  readonly news: Task[];
  /** The delayed start of the task that it put in place. */
  start: ProcessId | undefined;
  /** Cancelled while it was writing. */
  stopped: boolean;
}
