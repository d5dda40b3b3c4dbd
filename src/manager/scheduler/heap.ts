/**
 * A binary heap in an array: the item that no other comes before is at index 0. It moves items exactly as Go's
 * container/heap does, so that items which compare as equal leave it in the same order too.
 */
export type Compare<T> = (a: T, b: T) => number;

export function heapify<T>(items: T[], compare: Compare<T>): void {
  for (let index = (items.length >> 1) - 1; index >= 0; index -= 1) siftDown(items, index, compare);
}

export function heapPush<T>(items: T[], item: T, compare: Compare<T>): void {
  let index = items.length;
  items.push(item);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (compare(item, items[parent]!) >= 0) break;
    items[index] = items[parent]!;
    index = parent;
  }
  items[index] = item;
}

/** Puts another item into the place of the first. */
export function heapReplaceTop<T>(items: T[], item: T, compare: Compare<T>): void {
  items[0] = item;
  siftDown(items, 0, compare);
}

export function heapRemoveTop<T>(items: T[], compare: Compare<T>): void {
  const last = items.pop();
  if (last !== undefined && items.length > 0) heapReplaceTop(items, last, compare);
}

/** Takes everything off the heap, and leaves the array in the opposite order: what came off last is at index 0. */
export function heapToReversedList<T>(items: T[], compare: Compare<T>): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const top = items[0]!;
    items[0] = items[last]!;
    items[last] = top;
    siftDown(items, 0, compare, last);
  }
}

/** Restores the order after the item at `index` has become worse, among the first `length` items. */
function siftDown<T>(items: T[], index: number, compare: Compare<T>, length = items.length): void {
  const item = items[index]!;
  let hole = index;
  for (let child = 2 * hole + 1; child < length; child = 2 * hole + 1) {
    if (child + 1 < length && compare(items[child + 1]!, items[child]!) < 0) child += 1;
    if (compare(item, items[child]!) <= 0) break;
    items[hole] = items[child]!;
    hole = child;
  }
  items[hole] = item;
}
