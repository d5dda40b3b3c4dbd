/**
 * The store's write lock, first in first out. swarmkit holds it from the start of a transaction until raft has
 * committed the proposal (manager/state/store/memory.go, `update`), so writes are strictly serial and the next
 * waiter's body runs before anybody can react to the commit that freed the lock.
 */
import { assert, type Instant, InvariantError } from '../base/index.ts';
import {
  type Change,
  MAX_CHANGES_PER_TRANSACTION,
  MAX_TRANSACTION_BYTES,
  type MemoryStore,
  type SealedTransaction,
  type Transaction,
} from '../store/index.ts';
import type { Process, Todo } from './process.ts';
import type { ProcessContext } from './process-context.ts';
import { Abandoned, type Context, type Note, type ProcessId, type Reactor, type Step } from './reactor.ts';

/** A batch does not grow any more when it weighs so much. (swarmkit manager/state/store/memory.go, Batch.Update) */
const FULL = (MAX_TRANSACTION_BYTES * 3) / 4;

interface WriteRequest {
  readonly process: ProcessId;
  readonly step: Step;
  /** A batch's items, with the place where it goes on. */
  readonly items: readonly unknown[] | undefined;
  readonly from: number;
}

/** What a body left behind: what it asked for once it is committed, and where its batch goes on; or its failure. */
type WriteResult = Written | { readonly error: Error };

interface Written {
  readonly asked: readonly Todo[];
  readonly next: number | undefined;
  readonly notes: Notes;
}

/** What writers said about objects, by their ids. */
type Notes = ReadonlyMap<string, Note> | undefined;

/** The transaction whose proposal is on its way. */
interface OpenProposal {
  readonly request: WriteRequest;
  readonly sealed: SealedTransaction;
  readonly result: Written;
}

export interface WriteSlotState {
  readonly open: OpenProposal | undefined;
  readonly queue: readonly WriteRequest[];
}

/** Stands for raft: takes a transaction and says whether it is committed already or will be later. */
export interface Proposer {
  /** What the objects of the next transaction are stamped with. Absent: one more than the last. */
  readonly version?: number;
  /** What a change weighs in the log, in bytes. Absent: nothing. */
  weightOf?(change: Change): number;
  propose(transaction: SealedTransaction): 'committed' | 'pending' | Error;
}

/** Who wrote, in which step, and what that follows from. */
export interface Origin {
  readonly by: string;
  readonly step: string;
  readonly because: number | undefined;
  readonly notes?: Notes;
}

/** Told of everything that happens, for the trace. Returns the trace's number of each change. */
export interface Observer {
  committed(changes: readonly Change[], origin: Origin): readonly (number | undefined)[];
  failed?(origin: Origin, error: Error): void;
}

/** The control plane, as the write slot needs it. */
export interface WriteHost {
  readonly context: ProcessContext;
  processOf(id: ProcessId): Process | undefined;
  reactorOf(process: Process): Reactor<never>;
  /** Runs a handler; what it asks for is what the process does next. */
  run<A>(process: Process, handler: (ctx: Context, state: never, argument: A) => void, argument: A): void;
  prepend(process: Process, asked: readonly Todo[]): void;
  /** The process goes on after its write. */
  resume(process: Process): void;
  deliver(changes: readonly Change[], causes: readonly (number | undefined)[]): void;
}

export interface WriteSlotOptions {
  readonly clock: { readonly now: Instant };
  readonly store: MemoryStore;
  readonly proposer: Proposer;
  readonly observer: Observer;
}

export class WriteSlot {
  readonly #host: WriteHost;
  readonly #options: WriteSlotOptions;
  #open: OpenProposal | undefined;
  #queue: WriteRequest[] = [];

  constructor(host: WriteHost, options: WriteSlotOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** Queues a write, and runs it at once where nobody is before it. */
  request(process: ProcessId, step: Step, items: readonly unknown[] | undefined): void {
    this.#queue.push({ process, step, items, from: 0 });
    this.#serve();
  }

  /** Runs the bodies of waiting writers until one has a proposal on its way. */
  #serve(): void {
    while (this.#open === undefined) {
      const request = this.#queue.shift();
      if (!request) return;
      const process = this.#host.processOf(request.process);
      if (process) this.#transact(process, request);
    }
  }

  #transact(process: Process, request: WriteRequest): void {
    const { version } = this.#options.proposer;
    const tx = this.#options.store.begin(this.#options.clock.now, version === undefined ? {} : { version });
    const result = this.#body(process, request, tx);
    if ('error' in result || tx.changes.length === 0) {
      tx.abort();
      return this.#settle(process, request, result);
    }
    const sealed = tx.seal();
    const outcome = this.#options.proposer.propose(sealed);
    if (outcome === 'committed') {
      this.#options.store.commit(sealed);
      this.#settle(process, request, result);
      return this.#publish(sealed.changes, process, request, result.notes);
    }
    if (outcome === 'pending') this.#open = { request, sealed, result };
    else this.#settle(process, request, { error: outcome });
  }

  #body(process: Process, request: WriteRequest, tx: Transaction): WriteResult {
    const body = this.#host.reactorOf(process).writes?.[request.step.do];
    if (!body) throw new InvariantError(`${process.reactor} has no write ${request.step.do}`);
    const { context } = this.#host;
    const frame = context.enter(process);
    try {
      let next: number | undefined;
      if (request.items) next = this.#items(process, request, tx, body);
      else body(context, process.state as never, tx, request.step as never, undefined as never);
      return { asked: frame.asked, next, notes: frame.notes };
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
      return { error: thrown };
    } finally {
      context.leave(frame);
    }
  }

  /** A batch's items, each on its own; returns where to go on when the transaction is full. */
  #items(
    process: Process,
    request: WriteRequest,
    tx: Transaction,
    body: NonNullable<Reactor<never>['writes']>[string],
  ): number | undefined {
    const items = request.items ?? [];
    const { proposer } = this.#options;
    let [weighed, weight] = [0, 0];
    for (let index = request.from; index < items.length; index += 1) {
      try {
        tx.sub(() =>
          body(this.#host.context, process.state as never, tx, request.step as never, items[index] as never),
        );
      } catch (thrown) {
        if (!isRefusal(thrown)) throw thrown;
      }
      const { changes } = tx;
      for (; weighed < changes.length; weighed += 1) weight += proposer.weightOf?.(changes[weighed]!) ?? 0;
      const isFull = changes.length >= MAX_CHANGES_PER_TRANSACTION || weight >= FULL;
      if (isFull && index + 1 < items.length) return index + 1;
    }
    return undefined;
  }

  /** The proposal under way is committed: makes it visible and passes the slot on. */
  proposalCommitted(): void {
    const open = this.#takeOpen();
    this.#options.store.commit(open.sealed);
    const process = this.#host.processOf(open.request.process);
    if (process) this.#settle(process, open.request, open.result);
    this.#publish(open.sealed.changes, process, open.request, open.result.notes);
    this.#serve();
  }

  /** The proposal under way has failed: nothing of it is kept, and its writer goes on. */
  proposalFailed(error: Error): void {
    const open = this.#takeOpen();
    const process = this.#host.processOf(open.request.process);
    if (process) this.#settle(process, open.request, { error });
    this.#serve();
  }

  #takeOpen(): OpenProposal {
    const open = this.#open;
    assert(open, 'no proposal is under way');
    this.#open = undefined;
    return open;
  }

  /** The writer's turn is over: it goes on, or queues again for the rest of its batch. */
  #settle(process: Process, request: WriteRequest, result: WriteResult): void {
    if ('error' in result) {
      const { error } = result;
      this.#options.observer.failed?.(this.#origin(process, request), error);
      const { failed } = this.#host.reactorOf(process);
      if (failed) this.#host.run(process, (ctx, state, step: Step) => failed(ctx, state, step, error), request.step);
    } else {
      this.#host.prepend(process, result.asked);
      if (result.next !== undefined) return void this.#queue.push({ ...request, from: result.next });
    }
    process.blocked = undefined;
    this.#host.resume(process);
  }

  #origin(process: Process | undefined, request: WriteRequest): Origin {
    return { by: process?.reactor ?? 'gone', step: request.step.do, because: process?.cause };
  }

  #publish(changes: readonly Change[], writer: Process | undefined, request: WriteRequest, notes: Notes): void {
    const origin = { ...this.#origin(writer, request), notes };
    this.#host.deliver(changes, this.#options.observer.committed(changes, origin));
  }

  /** Forgets everybody who writes or waits. */
  clear(): void {
    this.#open = undefined;
    this.#queue = [];
  }

  checkpoint(): WriteSlotState {
    return { open: this.#open, queue: [...this.#queue] };
  }

  restore({ open, queue }: WriteSlotState): void {
    this.#open = open;
    this.#queue = [...queue];
  }
}

/** A refusal ends a transaction; anything else that is thrown is a bug and goes through. */
function isRefusal(thrown: unknown): thrown is Error {
  return thrown instanceof Abandoned || (thrown instanceof Error && 'status' in thrown);
}
