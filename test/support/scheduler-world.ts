/**
 * A store and a scheduler that follows it on a virtual clock: the smallest world in which the scheduler lives. A
 * commit takes no time, and nobody else reacts.
 */
import { type Instant, millis } from '../../src/base/index.ts';
import {
  absorb,
  createScheduler,
  type Debounce,
  type Decision,
  onCommit,
  type PlanOptions,
  planPreassigned,
  planUnassigned,
  type RandomSource,
  type SchedulerState,
  writeDecision,
} from '../../src/manager/scheduler/index.ts';
import { RandomStreams } from '../../src/sim/index.ts';
import { type Change, MAX_CHANGES_PER_TRANSACTION, MemoryStore, type Transaction } from '../../src/store/index.ts';

export class SchedulerWorld {
  readonly store = new MemoryStore({ freeze: true });
  readonly #random: RandomSource;
  readonly #observe: (change: Change) => void;
  #now: Instant = 0;
  #scheduler: SchedulerState | undefined;
  #debounce: Debounce;

  /** `observe` is told of every change, in the order in which they are committed. */
  constructor(options: { readonly seed: number; readonly observe?: (change: Change) => void }) {
    this.#random = new RandomStreams(options.seed).stream('scheduler/order');
    this.#observe = options.observe ?? (() => undefined);
  }

  get now(): Instant {
    return this.#now;
  }

  get scheduler(): SchedulerState | undefined {
    return this.#scheduler;
  }

  /** Writes to the store in one transaction; the scheduler hears of it, if one is running. */
  write(body: (tx: Transaction) => void): void {
    const changes = this.#commit(body);
    if (!this.#scheduler || changes.length === 0) return;
    for (const change of changes) absorb(this.#scheduler, change, this.#now);
    this.#committed();
  }

  /** Starts the scheduler of a new leader, in place of the one that may be running. */
  startScheduler(): void {
    this.#scheduler = createScheduler(this.store, this.#now);
    this.#debounce = undefined;
    this.#schedule(this.#scheduler);
  }

  /** Lets virtual time pass; what is due at its end happens. */
  pass(milliseconds: number): void {
    const end = this.#now + millis(milliseconds);
    while (this.#scheduler && this.#debounce && this.#debounce.dueAt <= end) {
      this.#now = this.#debounce.dueAt;
      this.#debounce = undefined;
      this.#schedule(this.#scheduler);
    }
    this.#now = end;
  }

  #committed(): void {
    const { runNow, debounce } = onCommit(this.#debounce, this.#now);
    this.#debounce = debounce;
    if (runNow && this.#scheduler) this.#schedule(this.#scheduler);
  }

  /** The scheduler absorbs its own commits only after the last of them. */
  #schedule(state: SchedulerState): void {
    const options: PlanOptions = { view: this.store, at: this.#now, random: this.#random };
    const commits = [...this.#apply(state, planPreassigned(state, options))];
    commits.push(...this.#apply(state, planUnassigned(state, options)));
    for (const changes of commits) {
      for (const change of changes) absorb(state, change, this.#now);
      this.#committed();
    }
  }

  *#apply(state: SchedulerState, decisions: readonly Decision[]): Iterable<readonly Change[]> {
    for (let next = 0; next < decisions.length; ) {
      const changes = this.#commit((tx) => {
        while (next < decisions.length && tx.changes.length < MAX_CHANGES_PER_TRANSACTION) {
          writeDecision(state, tx, decisions[next]!);
          next += 1;
        }
      });
      if (changes.length > 0) yield changes;
    }
  }

  #commit(body: (tx: Transaction) => void): readonly Change[] {
    const tx = this.store.begin(this.#now);
    body(tx);
    const changes = this.store.commit(tx);
    changes.forEach(this.#observe);
    return changes;
  }
}
