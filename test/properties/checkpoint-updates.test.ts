import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreSwarm } from '../../src/index.ts';
import { runs } from '../support/runs.ts';
import { cutsInTheMiddleOf, expectSame, finish, outcomeOf, playAll, playUntil } from '../support/swarm-cuts.ts';
import { UPDATE_KINDS } from '../support/update-kinds.ts';
import { situations } from '../support/update-situations.ts';

/** Of the scenarios made to meet a kind of update; what is drawn beside may be in its way. */
const LEAST_MET_RATIO = 0.7;

describe.each(UPDATE_KINDS)('in the middle of an update with %s', (kind) => {
  it('a checkpoint or a fork changes nothing, and restored, copied or forked the run goes on as without', () => {
    const numRuns = runs(10);
    let met = 0;
    fc.assert(
      fc.property(situations(kind), fc.nat(), (drawn, nth) => {
        const cuts = cutsInTheMiddleOf(kind, drawn);
        const cut = cuts[nth % cuts.length];
        if (!cut) return;
        met += 1;
        const straight = outcomeOf(playAll(drawn));

        const { swarm, rest } = playUntil(drawn, cut);
        const checkpoint = swarm.checkpoint();
        const fork = swarm.fork();

        expectSame(finish(fork, drawn, rest), straight);
        expectSame(finish(swarm, drawn, rest), straight);
        expectSame(finish(restoreSwarm(checkpoint), drawn, rest), straight);
        expectSame(finish(restoreSwarm(structuredClone(checkpoint)), drawn, rest), straight);
      }),
      { numRuns },
    );
    expect(met / numRuns).toBeGreaterThan(LEAST_MET_RATIO);
  });
});
