import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type EventId, EventQueue } from '../../src/sim/index.ts';

interface Pending {
  readonly at: number;
  readonly priority: number;
  readonly event: number;
  readonly id: EventId;
  readonly periodic: boolean;
}

/** The same queue as a sorted array. */
class SortedQueue {
  pending: Pending[] = [];

  push(entry: Pending): void {
    this.pending.push(entry);
    this.pending.sort((a, b) => a.at - b.at || a.priority - b.priority || a.event - b.event);
  }

  remove(index: number): Pending | undefined {
    return this.pending.splice(index, 1)[0];
  }
}

const push = fc.record({
  do: fc.constant('push' as const),
  at: fc.nat(8),
  priority: fc.constantFrom(0, 0, 1, 1_000_000_000, -1),
  periodic: fc.boolean(),
});
const operation = fc.oneof(
  { weight: 5, arbitrary: push },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pop' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('swap for a copy' as const) }) },
);

it('a queue pops, cancels and counts like a sorted array', () => {
  // Some start with more events than a new queue has room for.
  fc.assert(
    fc.property(fc.nat(200), fc.array(operation, { maxLength: 100, size: 'max' }), (waiting, operations) => {
      let queue = new EventQueue<number>();
      const model = new SortedQueue();
      let pushed = 0;
      const pushBoth = (at: number, priority: number, periodic: boolean) => {
        const id = queue.push(at, priority, pushed, periodic);
        model.push({ at, priority, periodic, event: pushed, id });
        pushed += 1;
      };
      for (let count = 0; count < waiting; count += 1) pushBoth((count * 7) % 9, 0, count % 3 === 0);
      for (const step of operations) {
        if (step.do === 'push') pushBoth(step.at, step.priority, step.periodic);
        else if (step.do === 'pop') expect(queue.pop()).toBe(model.remove(0)?.event);
        else if (step.do === 'cancel' && model.pending.length > 0) {
          const gone = model.remove(step.which % model.pending.length)!;
          expect(queue.cancel(gone.id)).toBe(true);
          expect(queue.cancel(gone.id)).toBe(false);
        } else if (step.do === 'swap for a copy') {
          const original = queue;
          queue = queue.copy();
          while (original.length > 0) original.pop();
        }
        expect(queue.length).toBe(model.pending.length);
        expect(queue.periodicCount).toBe(model.pending.filter(({ periodic }) => periodic).length);
        expect(queue.peek()).toBe(model.pending[0]?.at);
        expect(queue.nextPriority).toBe(model.pending[0]?.priority ?? Number.POSITIVE_INFINITY);
      }
      expect(queue.entries()).toEqual(model.pending.map(({ at, priority, event }) => ({ at, priority, event })));
    }),
  );
});
