/** A write that a test makes itself: one transaction, in its turn among those of the control plane. */
import { type Reactor, rank, type Step } from '../../src/manager/index.ts';
import type { Transaction } from '../../src/store/index.ts';

export const STORE_WRITE = 'store-write';

export type StoreWrite = (tx: Transaction) => void;

/** Started with a {@link StoreWrite}. */
export const storeWrite: Reactor<StoreWrite> = {
  name: STORE_WRITE,
  rank: rank.controlApi,
  start(ctx, write) {
    ctx.write({ do: 'write' });
    ctx.next({ do: 'end' });
    return write as StoreWrite;
  },
  receive() {},
  steps: {
    end: (ctx) => ctx.end(),
  },
  writes: {
    write: (_ctx, write: StoreWrite, tx: Transaction, _step: Step) => write(tx),
  },
};
