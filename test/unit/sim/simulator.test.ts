import { describe, expect, it } from 'vitest';
import { InvariantError, LimitError, seconds } from '../../../src/base/index.ts';
import { Priority, type RunOptions, Simulator } from '../../../src/sim/index.ts';

interface Ring {
  readonly kind: 'ring';
  readonly name: string;
}

/** A simulator whose events do nothing but be noted, with what `also` does for them. */
function bells(also: (name: string, simulator: Simulator<Ring>) => void = () => {}) {
  const heard: string[] = [];
  const simulator: Simulator<Ring> = new Simulator<Ring>({
    dispatch({ name }) {
      heard.push(`${simulator.now} ${name}`);
      also(name, simulator);
    },
    limits: { eventsPerInstant: 100, eventsPerRun: 1000 },
  });
  return { simulator, heard };
}

const ring = (name: string): Ring => ({ kind: 'ring', name });

describe('Simulator', () => {
  it('jumps from event to event and keeps ties first in first out', () => {
    const { simulator, heard } = bells();
    simulator.schedule(20, ring('c'));
    simulator.schedule(10, ring('a'));
    simulator.schedule(10, ring('b'));

    simulator.run();

    expect(heard).toEqual(['10 a', '10 b', '20 c']);
    expect(simulator.now).toBe(20);
  });

  it('lets a fault meet an instant that has settled, and settles again before the next fault', () => {
    const { simulator, heard } = bells((name) => {
      if (name === 'task') simulator.schedule(simulator.now, ring('follow-up'));
      if (name === 'fault 1') simulator.schedule(simulator.now, ring('reaction'));
    });
    simulator.schedule(5, ring('probe'), { priority: Priority.probe });
    simulator.schedule(5, ring('fault 1'), { priority: Priority.late });
    simulator.schedule(5, ring('fault 2'), { priority: Priority.late });
    simulator.schedule(5, ring('task'));

    simulator.run();

    expect(heard).toEqual(['5 task', '5 follow-up', '5 fault 1', '5 reaction', '5 fault 2', '5 probe']);
  });

  it('tells a handler its priority, so that it can queue behind all that is due at its own', () => {
    const seen: number[] = [];
    const { simulator } = bells((name) => {
      seen.push(simulator.priority);
      if (name === 'phase 3') simulator.schedule(simulator.now, ring('same phase'), { priority: simulator.priority });
    });
    simulator.schedule(1, ring('phase 3'), { priority: 3 });

    simulator.run();

    expect([...seen, simulator.priority]).toEqual([3, 3, 0]);
  });

  it('runs all that is due at `until`, and leaves the clock there', () => {
    const { simulator, heard } = bells();
    simulator.schedule(10, ring('due'));
    simulator.schedule(11, ring('not yet'));

    simulator.run({ until: 10 });
    expect([simulator.now, heard]).toEqual([10, ['10 due']]);

    simulator.run({ for: seconds(1) });
    expect([simulator.now, heard]).toEqual([10 + seconds(1), ['10 due', '11 not yet']]);
  });

  it('stops where `while` says so, at the instant of the last event', () => {
    const { simulator, heard } = bells();
    for (let at = 1; at <= 5; at += 1) simulator.schedule(at, ring('x'));

    simulator.run({ until: 100, while: () => heard.length < 3 });

    expect([simulator.now, simulator.pending]).toEqual([3, 2]);
  });

  it('steps by single events', () => {
    const { simulator, heard } = bells();
    simulator.schedule(7, ring('only'));

    expect([simulator.peek(), simulator.step(), simulator.peek(), simulator.step()]).toEqual([
      7,
      true,
      undefined,
      false,
    ]);
    expect(heard).toEqual(['7 only']);
  });

  it('counts what is pending with and without the periodic events', () => {
    const { simulator } = bells();
    simulator.schedule(1, ring('heartbeat'), { periodic: true });
    const id = simulator.schedule(2, ring('pull'));
    expect([simulator.pending, simulator.pendingAperiodic]).toEqual([2, 1]);

    expect([simulator.cancel(id), simulator.cancel(id)]).toEqual([true, false]);
    expect([simulator.pending, simulator.pendingAperiodic]).toEqual([1, 0]);
  });

  it.each([
    ['the past', 4, 0],
    ['a fraction of a microsecond', 5.5, 0],
    ['no number', Number.NaN, 0],
    ['a fractional priority', 5, 0.5],
  ])('refuses to schedule for %s', (_, at, priority) => {
    const { simulator } = bells();
    simulator.run({ until: 5 });

    expect(() => simulator.schedule(at, ring('x'), { priority })).toThrow(InvariantError);
    expect(simulator.pending).toBe(0);
  });

  it.each<[string, RunOptions]>([
    ['both bounds', { until: 10, for: 10 }],
    ['an end in the past', { until: 4 }],
    ['an end that is no instant', { for: 0.5 }],
  ])('refuses a run with %s', (_, options) => {
    const { simulator } = bells();
    simulator.run({ until: 5 });

    expect(() => simulator.run(options)).toThrow(InvariantError);
  });

  it.each(['step', 'run', 'checkpoint'] as const)('refuses %s from inside a handler', (call) => {
    const { simulator } = bells(() => simulator[call]());
    simulator.schedule(1, ring('x'));

    expect(() => simulator.run()).toThrow(`${call} was called from inside an event's handler`);
  });

  it('goes on after a handler has thrown, without the event that it threw at', () => {
    const { simulator, heard } = bells((name) => {
      if (name === 'bad') throw new Error('no');
    });
    simulator.schedule(1, ring('bad'), { priority: 4 });
    simulator.schedule(2, ring('good'));

    expect(() => simulator.run()).toThrow('no');
    expect(simulator.priority).toBe(0);
    simulator.run();
    expect(heard).toEqual(['1 bad', '2 good']);
  });

  it('calls an instant that never ends a livelock, and names what was pending', () => {
    const { simulator } = bells((name) => simulator.schedule(simulator.now, ring(name)));
    simulator.schedule(seconds(3), ring('ping'));
    simulator.schedule(seconds(9), ring('tick'), { priority: 2 });

    const error = errorOf(() => simulator.run());

    expect(error).toBeInstanceOf(LimitError);
    expect(error.message).toBe(
      [
        '100 events were handled without the clock moving; the clock stands at 3 s, 2 more are pending',
        '  2 x ring',
        '  at 3 s: {"kind":"ring","name":"ping"}',
        '  at 9 s, priority 2: {"kind":"ring","name":"tick"}',
      ].join('\n'),
    );
    expect(simulator.pending).toBe(2);
  });

  it('counts the events of an instant across steps', () => {
    const { simulator } = bells((name) => simulator.schedule(simulator.now, ring(name)));
    simulator.schedule(1, ring('ping'));

    expect(() => {
      for (;;) simulator.step();
    }).toThrow(LimitError);
  });

  it('bounds a run that would never end', () => {
    const { simulator } = bells((name) => simulator.schedule(simulator.now + 1, ring(name), { periodic: true }));
    simulator.schedule(1, ring('heartbeat'), { periodic: true });

    expect(() => simulator.run()).toThrow('1000 events were handled in one run; the clock stands at 0.001 s');
    simulator.run({ for: 10 });
    expect(simulator.now).toBe(1010);
  });

  it('counts the budget of an instant on after a restore', () => {
    const { simulator } = bells((name) => simulator.schedule(simulator.now, ring(name)));
    simulator.schedule(1, ring('ping'));
    let steps = 0;
    simulator.run({ while: () => steps++ < 60 });

    const { simulator: fork } = bells();
    fork.restore(simulator.checkpoint());
    for (let count = 0; count < 40; count += 1) fork.schedule(1, ring('more'));

    expect(() => fork.run()).toThrow(LimitError);
  });
});

function errorOf(act: () => void): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
