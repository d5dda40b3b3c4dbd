/**
 * What an agent and a manager's dispatcher say to each other, as data (swarmkit api/dispatcher.proto). Messages of one
 * session arrive in order. Secrets and configs are not sent with the tasks that use them: nothing here reads them.
 */
import type { Micros } from '../base/index.ts';
import type { NodeDescription, Task, TaskStatus } from './objects.ts';

/** Counts an agent's sessions, so that what belongs to an earlier one can be told. */
export type SessionNumber = number;

interface OfSession {
  readonly session: SessionNumber;
  /** The dispatcher's name for it; '' before the first one is known. */
  readonly sessionId: string;
}

/** `close-session` ends all streams and calls of a session, and needs no answer. */
export type ToDispatcher =
  | (OfSession & { readonly kind: 'open-session'; readonly description: NodeDescription })
  | (OfSession & { readonly kind: 'open-assignments' })
  | (OfSession & { readonly kind: 'heartbeat' })
  | (OfSession & { readonly kind: 'update-task-status'; readonly taskId: string; readonly status: TaskStatus })
  | (OfSession & { readonly kind: 'close-session' });

/** The streams and calls of which a session is made. */
export type DispatcherCall = 'session' | 'assignments' | 'heartbeat' | 'update-task-status';

interface ToSession {
  readonly session: SessionNumber;
}

export type FromDispatcher =
  | (ToSession & { readonly kind: 'session-opened'; readonly sessionId: string })
  /** `period`: after which the next heartbeat is expected. */
  | (ToSession & { readonly kind: 'heartbeat-answered'; readonly period: Micros })
  | (ToSession & { readonly kind: 'task-status-answered' })
  | (ToSession & {
      readonly kind: 'assignments';
      readonly set: 'complete' | 'incremental';
      readonly updated: readonly Task[];
      /** Ids of tasks; increments only. */
      readonly removed: readonly string[];
    })
  /** A call was refused or lost, or a stream has ended: the session is over. `call` is absent where the line broke. */
  | (ToSession & { readonly kind: 'session-failed'; readonly error: string; readonly call?: DispatcherCall });
