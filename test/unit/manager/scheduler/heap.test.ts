import { expect, it } from 'vitest';
import { heapify, heapPush, heapRemoveTop, heapToReversedList } from '../../../../src/manager/scheduler/heap.ts';

const ascending = (a: number, b: number) => a - b;

function drained(heap: number[]): number[] {
  const order: number[] = [];
  for (let top = heap[0]; top !== undefined; top = heap[0]) {
    order.push(top);
    heapRemoveTop(heap, ascending);
  }
  return order;
}

it('a heap gives its items in order, however it came about', () => {
  for (let count = 0; count <= 20; count += 1) {
    const items = Array.from({ length: count }, (_, index) => (index * 7) % 23).reverse();
    const sorted = [...items].sort(ascending);
    const made = [...items];
    const pushed: number[] = [];

    heapify(made, ascending);
    for (const item of items) heapPush(pushed, item, ascending);

    expect(drained(made)).toEqual(sorted);
    expect(drained(pushed)).toEqual(sorted);
  }
});

it('a heap becomes a list, the opposite way round', () => {
  const items = [3, 1, 4, 1, 5, 9, 2, 6];
  heapify(items, ascending);

  heapToReversedList(items, ascending);

  expect(items).toEqual([9, 6, 5, 4, 3, 2, 1, 1]);
});
