/** What a restart supervisor remembers: part of its orchestrator's state, and gone with its leadership. */
import type { ProcessId } from '../../reactor.ts';
import type { RestartHistory } from './history.ts';

export interface PendingStart {
  readonly process: ProcessId;
  /** The task has failed meanwhile, and its restart waits for this start. */
  waiter: boolean;
}

export interface RestartState {
  readonly history: RestartHistory;
  /** New task id to the delayed start that will make it RUNNING. */
  readonly delays: Map<string, PendingStart>;
}

/** The part of an orchestrator's state that belongs to its restart supervisor. */
export interface WithRestarts {
  readonly restarts: RestartState;
}

export function newRestartState(): RestartState {
  return { history: new Map(), delays: new Map() };
}
