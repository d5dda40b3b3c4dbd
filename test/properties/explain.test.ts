import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { scenarios } from '../support/scenario-arbitraries.ts';
import { play, runTo, swarmOf } from '../support/swarm-laws-player.ts';

/** What is done to a swarm from outside; a machine that joins asks for nothing. */
const FROM_OUTSIDE = ['api.requested', 'fault.injected', 'node.added'];

const scenario = scenarios({ maxCommands: 8, settleMs: 30_000, withLeaders: false, withShrinking: false });

it('what is told of any task, at any time, begins with what was done from outside', () => {
  fc.assert(
    fc.property(scenario, fc.nat(30_000), (drawn, earlierMs) => {
      const swarm = swarmOf(drawn);
      play(swarm, drawn.steps);
      runTo(swarm, drawn.untilMs - earlierMs);
      for (const task of swarm.view.tasks.all()) {
        const { causes, text } = swarm.explain(task);
        expect(FROM_OUTSIDE, text).toContain(causes[0]?.record.kind);
      }
    }),
    { numRuns: runs(50) },
  );
});
