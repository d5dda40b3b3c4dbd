import { raftLaws } from './raft/suite.ts';
import { swarmLaws } from './swarm/suite.ts';

/** Laws as ready suites, each with a name and an assertion. */
export const laws = {
  swarm: swarmLaws,
  raft: raftLaws,
} as const;
