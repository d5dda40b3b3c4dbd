import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { millis } from '../../src/base/index.ts';
import { restoreSwarm, type SinkOptions, type SwarmCheckpoint } from '../../src/index.ts';
import { runs } from '../support/runs.ts';
import { scenarios } from '../support/scenario-arbitraries.ts';
import { expectSame, finish, outcomeOf, playAll, playUntil } from '../support/swarm-cuts.ts';
import { play, runTo } from '../support/swarm-laws-player.ts';

/** After the last step: long enough for what it set off, and for the first failures. */
const TAIL_MS = 30_000;

const scenario = scenarios({ maxCommands: 7, settleMs: TAIL_MS, withLeaders: false, withShrinking: false });

/** Where a run is interrupted: so many events after one of its steps, hence mostly in the middle of an instant. */
const cut = fc.record({ step: fc.nat(), events: fc.oneof(fc.nat(60), fc.nat(1_500)) });

describe('a checkpoint in the middle of whatever is under way', () => {
  it('changes nothing, and running on after a restore equals running on without', () => {
    fc.assert(
      fc.property(scenario, cut, (drawn, at) => {
        const straight = outcomeOf(playAll(drawn));

        const { swarm, rest } = playUntil(drawn, at);
        const checkpoint = swarm.checkpoint();

        expectSame(finish(swarm, drawn, rest), straight);
        expectSame(finish(restoreSwarm(checkpoint), drawn, rest), straight);
        expectSame(finish(restoreSwarm(checkpoint), drawn, rest), straight);
      }),
      { numRuns: runs(100) },
    );
  });

  it('is plain data: a deep copy of it goes on in the same way', () => {
    fc.assert(
      fc.property(scenario, cut, (drawn, at) => {
        const { swarm, rest } = playUntil(drawn, at);
        const copy: SwarmCheckpoint = structuredClone(swarm.checkpoint());

        expectSame(finish(restoreSwarm(copy), drawn, rest), finish(swarm, drawn, rest));
      }),
      { numRuns: runs(40) },
    );
  });

  it('gives the same hash of everything that happens', () => {
    fc.assert(
      fc.property(scenario, cut, (drawn, at) => {
        const sink: SinkOptions = { kind: 'hash' };
        const straight = playAll(drawn, sink).trace.hash;

        const { swarm, rest } = playUntil(drawn, at, sink);
        const restored = restoreSwarm(swarm.checkpoint());
        finish(restored, drawn, rest);

        expect(straight).toMatch(/^[0-9a-f]{16}$/);
        expect(restored.trace.hash).toBe(straight);
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('a fork', () => {
  it('leaves no trace in its parent or in other forks, whatever is done to it', () => {
    fc.assert(
      fc.property(scenario, cut, scenario, (drawn, at, other) => {
        const { swarm, rest } = playUntil(drawn, at);
        const straight = outcomeOf(playAll(drawn));

        const first = swarm.fork();
        const second = swarm.fork();
        const offset = swarm.now / millis(1);
        play(
          first,
          other.steps.map((step) => ({ ...step, at: step.at + offset })),
        );
        runTo(first, first.now / millis(1) + TAIL_MS);
        const third = second.fork();

        expectSame(finish(second, drawn, rest), straight);
        expectSame(finish(swarm, drawn, rest), straight);
        expectSame(finish(third, drawn, rest), straight);
      }),
      { numRuns: runs(60) },
    );
  });
});
