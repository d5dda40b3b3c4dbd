import { describe, expect, it } from 'vitest';
import { Simulator } from '../../../src/sim/index.ts';
import type { SwarmEvent } from '../../../src/swarm/events.ts';
import { Standstill } from '../../../src/swarm/standstill.ts';

/** A kernel over which machines do nothing but write down what has happened. */
function world(happen: (on: string, what: string) => void = () => {}) {
  const seen: string[] = [];
  const note = (event: SwarmEvent) => {
    if (event.kind !== 'host.due') return;
    seen.push(`${standstill.now} ${event.node} ${event.what}`);
    happen(event.node, event.what);
  };
  const simulator = new Simulator<SwarmEvent>({
    dispatch: (event, id) => {
      if (!standstill.holds(event, id)) note(event);
    },
  });
  const standstill = new Standstill(simulator);
  const due = (at: number, node: string, what: 'join' | 'renew' | 'removed') =>
    standstill.schedule(at, { kind: 'host.due', node, what });
  const thaw = (node: string) => standstill.thaw(node, note);
  return { seen, simulator, standstill, due, thaw };
}

describe('what is due on a machine that stands still', () => {
  it('happens when it goes on, in the order in which it was due; that of others is not touched', () => {
    const { seen, simulator, standstill, due, thaw } = world();
    due(9, 'm1', 'join');
    due(5, 'm1', 'renew');
    due(7, 'm2', 'renew');
    simulator.run({ until: 1 });
    standstill.freeze('m1');
    simulator.run({ until: 20 });
    thaw('m1');
    expect(seen).toEqual(['7 m2 renew', '20 m1 renew', '20 m1 join']);
  });

  it('still happens in the instant itself', () => {
    const { seen, simulator, standstill, due } = world();
    simulator.run({ until: 3 });
    standstill.freeze('m1');
    due(3, 'm1', 'join');
    due(4, 'm1', 'renew');
    simulator.run({ until: 9 });
    expect(seen).toEqual(['3 m1 join']);
  });

  it('can be cancelled while it waits', () => {
    const { seen, simulator, standstill, due, thaw } = world();
    const join = due(5, 'm1', 'join');
    due(6, 'm1', 'renew');
    standstill.freeze('m1');
    simulator.run({ until: 9 });
    expect([standstill.cancel(join), standstill.cancel(join)]).toEqual([true, false]);
    thaw('m1');
    expect(seen).toEqual(['9 m1 renew']);
  });

  it('can be cancelled by what was due before it', () => {
    let renew = 0;
    const { seen, simulator, standstill, due, thaw } = world((_, what) => {
      if (what === 'join') standstill.cancel(renew);
    });
    due(5, 'm1', 'join');
    renew = due(6, 'm1', 'renew');
    standstill.freeze('m1');
    simulator.run({ until: 9 });
    thaw('m1');
    expect(seen).toEqual(['9 m1 join']);
  });
});
