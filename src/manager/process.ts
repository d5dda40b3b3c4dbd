/** One running instance of a reactor: everything about it, as data. */
import { copyState } from '../base/index.ts';
import type { EventId } from '../sim/index.ts';
import type { Input, ProcessId, Reactor, Step, Watch } from './reactor.ts';

/** A step together with what the write slot needs to know of it. */
export type Todo =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'write'; readonly step: Step }
  | { readonly kind: 'batch'; readonly step: Step; readonly items: readonly unknown[] }
  | { readonly kind: 'wait'; readonly process: ProcessId };

export type Blocked = 'write' | 'wait' | undefined;

export interface Process {
  readonly id: ProcessId;
  readonly reactor: string;
  /** Of its reactor: who is woken first. */
  readonly rank: number;
  state: unknown;
  watch: Watch | undefined;
  readonly inbox: Input[];
  todo: Todo[];
  blocked: Blocked;
  /** Its `start` has not run yet: like a goroutine that was just made. */
  isStarted: boolean;
  readonly args: unknown;
  ending: boolean;
  /** The trace record that what it is doing follows from. */
  cause: number | undefined;
  readonly timers: Map<string, EventId>;
  /** Who asked to be told of its end. */
  readonly listeners: ProcessId[];
}

export function copyProcess(process: Process, reactor: Reactor<never>): Process {
  const { state } = process;
  return {
    ...process,
    state: state !== undefined && reactor.copy ? reactor.copy(state as never) : copyState(state),
    inbox: [...process.inbox],
    todo: [...process.todo],
    timers: new Map(process.timers),
    listeners: [...process.listeners],
  };
}
