import fc from 'fast-check';
import { restoreSwarm } from '../../../src/index.ts';
import { type Scenario as Drawn, scenarios } from '../../support/scenario-arbitraries.ts';
import { play, runTo, swarmOf } from '../../support/swarm-laws-player.ts';
import type { Scenario } from '../scenario.ts';

/** Drawn anew on each machine: what is drawn has to be the same, too. */
const drawn = () =>
  fc.sample(scenarios({ maxCommands: 8, settleMs: 60_000, withLeaders: false, withShrinking: false }), {
    seed: 1,
    numRuns: 15,
  });

/** Updates, rollbacks, faults and drains across each other, gone on with from a checkpoint half way through. */
export const randomSwarms: Scenario = {
  name: 'random swarms',
  run: () => drawn().map(outcomeOf),
};

function outcomeOf(scenario: Drawn): unknown {
  const half = Math.ceil(scenario.steps.length / 2);
  const before = swarmOf(scenario);
  play(before, scenario.steps.slice(0, half));
  const swarm = restoreSwarm(before.checkpoint());
  play(swarm, scenario.steps.slice(half));
  runTo(swarm, scenario.untilMs);
  return [scenario, swarm.trace.records, swarm.tasks(), swarm.underWay()];
}
