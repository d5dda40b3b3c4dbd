/**
 * The probe that the kernel is measured against: the smallest columnar heap that keeps ties first in first out, with
 * nothing around it. It has no priorities, no cancelling, and a fixed capacity.
 */
export class BareQueue<E> {
  readonly #at: Float64Array;
  readonly #order: Float64Array;
  readonly #events: E[] = [];
  #pushed = 0;

  constructor(capacity: number) {
    this.#at = new Float64Array(capacity);
    this.#order = new Float64Array(capacity);
  }

  get nextAt(): number {
    return this.#at[0]!;
  }

  push(at: number, event: E): void {
    const order = this.#pushed++;
    let hole = this.#events.push(event) - 1;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      if (this.#at[parent]! <= at) break; // The entry above was pushed before this one.
      this.#move(parent, hole);
      hole = parent;
    }
    this.#put(hole, at, order, event);
  }

  pop(): E {
    const first = this.#events[0]!;
    const last = this.#events.length - 1;
    const [at, order, event] = [this.#at[last]!, this.#order[last]!, this.#events.pop()!];
    let hole = 0;
    for (let least = 1; least < last; least = hole * 4 + 1) {
      const end = Math.min(least + 4, last);
      for (let child = least + 1; child < end; child += 1) {
        if (this.#isBefore(this.#at[child]!, this.#order[child]!, least)) least = child;
      }
      if (this.#isBefore(at, order, least)) break;
      this.#move(least, hole);
      hole = least;
    }
    if (last > 0) this.#put(hole, at, order, event);
    return first;
  }

  #isBefore(at: number, order: number, index: number): boolean {
    const other = this.#at[index]!;
    return at < other || (at === other && order < this.#order[index]!);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#at[from]!, this.#order[from]!, this.#events[from]!);
  }

  #put(index: number, at: number, order: number, event: E): void {
    this.#at[index] = at;
    this.#order[index] = order;
    this.#events[index] = event;
  }
}
