import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../../src/sim/index.ts';

function drain<E>(queue: EventQueue<E>): E[] {
  const events: E[] = [];
  while (queue.length > 0) events.push(queue.pop()!);
  return events;
}

describe('EventQueue', () => {
  it('orders by instant, then by priority, then first in first out', () => {
    const queue = new EventQueue<string>();
    queue.push(2, 0, 'later');
    queue.push(1, 5, 'low priority');
    queue.push(1, 0, 'first');
    queue.push(1, -3, 'before normal');
    queue.push(1, 0, 'second');

    expect(drain(queue)).toEqual(['before normal', 'first', 'second', 'low priority', 'later']);
  });

  it('has nothing to give when nothing is pending', () => {
    const queue = new EventQueue<string>();

    expect([queue.peek(), queue.pop()]).toEqual([undefined, undefined]);
    expect([queue.nextAt, queue.nextPriority]).toEqual([Infinity, Infinity]);
  });

  it('cancels an event once, and never one that took over its slot', () => {
    const queue = new EventQueue<string>();
    const first = queue.push(1, 0, 'first');
    expect(queue.cancel(first)).toBe(true);
    const second = queue.push(1, 0, 'second');

    expect(queue.cancel(first)).toBe(false);
    expect(queue.cancel(second)).toBe(true);
    expect(queue.length).toBe(0);
  });

  it('refuses ids that it never gave', () => {
    const queue = new EventQueue<string>();
    queue.push(1, 0, 'only');

    expect([0, -1, 1, 1.5, Number.NaN, 2 ** 52].map((id) => queue.cancel(id))).not.toContain(true);
    expect(queue.length).toBe(1);
  });

  it('counts periodic events apart, through pops and cancels', () => {
    const queue = new EventQueue<string>();
    const heartbeat = queue.push(5, 0, 'heartbeat', true);
    queue.push(1, 0, 'probe', true);
    queue.push(2, 0, 'start');
    expect([queue.length, queue.periodicCount]).toEqual([3, 2]);

    queue.pop();
    expect(queue.periodicCount).toBe(1);
    queue.cancel(heartbeat);
    expect([queue.length, queue.periodicCount]).toEqual([1, 0]);
  });

  it('keeps a copy apart from the original, with ids that are valid in both', () => {
    const queue = new EventQueue<string>();
    const id = queue.push(1, 0, 'shared');
    const copy = queue.copy();

    queue.push(0, 0, 'original only');
    expect(copy.cancel(id)).toBe(true);

    expect(drain(queue)).toEqual(['original only', 'shared']);
    expect(drain(copy)).toEqual([]);
  });

  it('lists entries in order without taking them out', () => {
    const queue = new EventQueue<string>();
    queue.push(3, 0, 'c');
    queue.push(1, 2, 'b');
    queue.push(1, 0, 'a');

    expect(queue.entries(2)).toEqual([
      { at: 1, priority: 0, event: 'a' },
      { at: 1, priority: 2, event: 'b' },
    ]);
    expect(queue.length).toBe(3);
  });
});
