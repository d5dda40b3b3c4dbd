import { agent } from './families/agent.ts';
import { composeMerge } from './families/compose-merge.ts';
import { dockerCliApi } from './families/docker-cli-api.ts';
import { dockerCliProgress } from './families/docker-cli-progress.ts';
import { dockerCliRender } from './families/docker-cli-render.ts';
import { health } from './families/health.ts';
import { orchestration, orchestrationLatency } from './families/orchestration.ts';
import { raftQuorums } from './families/raft-quorum.ts';
import { raftTraces } from './families/raft-trace.ts';
import { schedulerCluster } from './families/scheduler-cluster.ts';
import { constraintsMatch, constraintsParse } from './families/scheduler-constraints.ts';
import { schedulerNodeStatus } from './families/scheduler-node-status.ts';
import { schedulerPlacement } from './families/scheduler-placement.ts';
import { schedulerTiming } from './families/scheduler-timing.ts';
import type { Family } from './family.ts';

/** Every family of vectors that is replayed, in the order in which their lines are printed. */
export const catalogue: readonly Family[] = [
  orchestration,
  orchestrationLatency,
  agent,
  health,
  raftTraces,
  raftQuorums,
  schedulerPlacement,
  schedulerTiming,
  schedulerCluster,
  schedulerNodeStatus,
  constraintsParse,
  constraintsMatch,
  composeMerge,
  dockerCliApi,
  dockerCliProgress,
  dockerCliRender,
];
