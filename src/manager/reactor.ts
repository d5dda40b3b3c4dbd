/**
 * The contract of every control-plane component.
 *
 * In swarmkit a component is a goroutine: it reads its own queue of store events, and while it writes it stands
 * still, because the store's lock is held until raft has committed the proposal. Here a component is a *reactor*,
 * and each running instance of one is a *process*: private plain data, an inbox, and a list of steps still to do.
 * A process that has asked to write handles nothing else until its commit or its failure returns. Everything a
 * process is can be copied, which is what makes checkpoints and forks possible.
 */
import type { Instant, Micros } from '../base/index.ts';
import type { Change, ReadView, Transaction } from '../store/index.ts';

/** Identifies a process for as long as one leadership lasts. */
export type ProcessId = number;

/** Something left to do, as data: `do` names a handler of the same reactor. */
export interface Step {
  readonly do: string;
}

/** What a process may find in its inbox. `cause` is the trace record that it follows from. */
export type Input =
  | { readonly type: 'change'; readonly change: Change; readonly cause: number | undefined }
  | { readonly type: 'commit'; readonly cause: number | undefined }
  | { readonly type: 'timer'; readonly timer: string; readonly cause: number | undefined }
  | { readonly type: 'ended'; readonly process: ProcessId; readonly cause: number | undefined }
  | { readonly type: 'signal'; readonly signal: string; readonly data?: unknown; readonly cause: number | undefined };

/** Which store changes reach a process that does not want the broad stream of its reactor. */
export interface Watch {
  readonly taskId?: string;
  readonly nodeId?: string;
}

/** Plain facts about one object of a transaction. */
export type Note = Readonly<Record<string, number | string>>;

/** What a reactor can see and ask for while it handles something. Requests take effect in the order made. */
export interface Context {
  readonly now: Instant;
  /** The last committed state. */
  readonly store: ReadView;
  readonly self: ProcessId;

  /** Asks for the write slot. The reactor's `writes[step.do]` runs when the slot is free. */
  write<S extends Step>(step: S): void;
  /** The same as a batch: `writes[step.do]` runs once per item; a part of 200 changes is proposed on its own. */
  batch<S extends Step>(step: S, items: readonly unknown[]): void;
  /** Continues with `steps[step.do]` after what was asked for before. */
  next<S extends Step>(step: S): void;
  /** Stands still until that process has ended. */
  waitFor(process: ProcessId): void;
  /** In a write: says something about an object that is written, for the trace alone. */
  note(id: string, note: Note): void;
  /** From now on these changes, and no others, reach the calling process. */
  watch(watch: Watch | undefined): void;

  /**
   * Puts `{ type: 'timer', timer }` into the own inbox after `delay`. Timers end with their process. A `periodic` one
   * is set again for ever, or only guards against misfortune: waiting for it does not keep a swarm from being settled.
   */
  after(delay: Micros, timer: string, options?: { readonly periodic?: boolean }): void;
  cancel(timer: string): void;
  /** Puts the timer into the own inbox in this instant, after everything that is due in it now has settled. */
  afterSettled(timer: string): void;
  spawn(reactor: string, args: unknown, watch?: Watch): ProcessId;
  isAlive(process: ProcessId): boolean;
  stateOf(process: ProcessId): unknown;
  signal(process: ProcessId, signal: string, data?: unknown): void;
  /** Asks for `{ type: 'ended' }` once that process has ended; at once if it is gone already. */
  notifyEnd(process: ProcessId): void;
  /** Ends the calling process after the current handler. */
  end(): void;
  /** Ends another process, unless it is in the write slot or waiting for it. Says whether it did. */
  kill(process: ProcessId): boolean;

  /** A copy in the order in which Go walks a map with these entries, drawn from a stream of that name. */
  mapOrder<T>(stream: string, items: readonly T[]): T[];
  /** A copy in a random order: what the store lists by random ids in the real thing. */
  shuffle<T>(stream: string, items: readonly T[]): T[];
  /** A whole number in [0, bound) drawn from a stream of that name. */
  draw(stream: string, bound: number): number;
  /** A new object id: 25 characters of base 36, as swarmkit makes them. */
  newId(): string;
}

/** A component of the control plane: its behaviour. The data lives in processes. */
export interface Reactor<S> {
  readonly name: string;
  /**
   * Who is woken first by one commit, lowest first. Where swarmkit's components race within an instant, this is
   * the order that dominates in measurements of the real ones.
   */
  readonly rank: number;
  /** Whether this change concerns a process without a {@link Watch} of its own. Absent: none does. */
  readonly wants?: (state: S, change: Change) => boolean;
  /** Whether processes also hear of each commit, after its changes. */
  readonly wantsCommits?: boolean;
  start(ctx: Context, args: unknown): S;
  receive(ctx: Context, state: S, input: Input): void;
  readonly steps?: Readonly<Record<string, (ctx: Context, state: S, step: never) => void>>;
  readonly writes?: Readonly<
    Record<string, (ctx: Context, state: S, tx: Transaction, step: never, item: never) => void>
  >;
  /** A write whose body threw a refusal, or whose proposal was dropped. Without it the failure is only traced. */
  failed?(ctx: Context, state: S, step: Step, error: Error): void;
  /** Copies a state for a checkpoint, where a plain deep copy would be wrong or slow. */
  copy?(state: S): S;
  /** Told when the process ends, however it ends. */
  ended?(ctx: Context, state: S): void;
  /** Its processes go on when leadership is lost, and hear of what others commit. */
  readonly outlivesLeadership?: boolean;
  /** Leadership is lost, and the process with it: there is nothing left to ask for. */
  stopped?(state: S): void;
}

/** Thrown by a write's body to give up the whole transaction; nothing of it is kept. */
export class Abandoned extends Error {}
