/** What a scripted worker knows of one task, and the container that it stands for. */
import type { TaskState } from '../../../src/api/index.ts';
import type { EventId } from '../../../src/sim/index.ts';
import type { ImageBehaviour } from './input.ts';

/** What happens next to a container, as an event of the kernel. */
export interface WorkerEvent {
  readonly kind: 'worker.step';
  readonly taskId: string;
  readonly step: 'pulled' | 'started' | 'failed' | 'unhealthy' | 'completed' | 'stopped';
}

export interface LocalTask {
  readonly id: string;
  readonly nodeId: string;
  readonly image: string;
  readonly behaviour: ImageBehaviour;
  state: TaskState;
  err: string | undefined;
  desired: TaskState;
  /** The state of the last report that reached the store, or was dropped there. */
  reported: TaskState;
  timer: EventId | undefined;
  /** Its container died with its node. */
  crashed: boolean;
}

/** One report of an agent. */
export interface Report {
  readonly taskId: string;
  readonly state: TaskState;
  readonly err: string | undefined;
}
