/**
 * The store's write lock, first in first out. swarmkit holds it from the start of a transaction until raft has
 * committed the proposal (manager/state/store/memory.go, `update`), so writes are strictly serial and the next
 * waiter's body runs before anybody can react to the commit that freed the lock.
 */
import type { SealedTransaction } from '../store/index.ts';
import type { Todo } from './process.ts';
import type { ProcessId, Step } from './reactor.ts';

export interface WriteRequest {
  readonly process: ProcessId;
  readonly step: Step;
  /** A batch's items, with the place where it goes on. */
  readonly items: readonly unknown[] | undefined;
  readonly from: number;
}

/** What a body left behind: what it asked for once it is committed, and where its batch goes on; or its failure. */
export type WriteResult =
  | { readonly asked: readonly Todo[]; readonly next: number | undefined }
  | { readonly error: Error };

/** The transaction whose proposal is on its way. */
export interface OpenProposal {
  readonly request: WriteRequest;
  readonly sealed: SealedTransaction;
  readonly result: WriteResult;
}

export interface WriteSlotState {
  readonly open: OpenProposal | undefined;
  readonly queue: readonly WriteRequest[];
}

export class WriteSlot {
  open: OpenProposal | undefined;
  #queue: WriteRequest[] = [];

  get isFree(): boolean {
    return this.open === undefined && this.#queue.length === 0;
  }

  enqueue(request: WriteRequest): void {
    this.#queue.push(request);
  }

  next(): WriteRequest | undefined {
    return this.#queue.shift();
  }

  get waiting(): readonly WriteRequest[] {
    return this.#queue;
  }

  checkpoint(): WriteSlotState {
    return { open: this.open, queue: [...this.#queue] };
  }

  restore(state: WriteSlotState): void {
    this.open = state.open;
    this.#queue = [...state.queue];
  }
}
