import type { ToDispatcher } from '../api/index.ts';

/** The way to the managers. Their answers come in through the agent's `receive`. */
export interface DispatcherPort {
  /** The manager for a new session; undefined where none is known. */
  selectManager(): string | undefined;
  send(manager: string, message: ToDispatcher): void;
  /** A session with a manager is over, be it that it failed or that the agent has closed it. Needed by those who choose by experience. */
  ended?(manager: string): void;
  /** The session rests and is about to end: it has to go on first as if it had never rested. Needed by those who let sessions rest. */
  disturb?(): void;
}
