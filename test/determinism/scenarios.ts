import type { Scenario } from './scenario.ts';
import { orchestration } from './scenarios/orchestration.ts';
import { raft } from './scenarios/raft.ts';
import { randomSwarms } from './scenarios/random-swarms.ts';
import { sim } from './scenarios/sim.ts';
import { swarm } from './scenarios/swarm.ts';

/** What is compared, in the order in which it is printed. A new scenario is one file and one line here. */
export const scenarios: readonly Scenario[] = [sim, raft, orchestration, swarm, randomSwarms];
