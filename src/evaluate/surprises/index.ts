import type { Instant } from '../../base/index.ts';
import type { SwarmRecord } from '../../swarm/index.ts';
import { besideOldTask } from './beside-old-task.ts';
import { completedButFailing } from './completed-but-failing.ts';
import { demotionRefused } from './demotion-refused.ts';
import { deposedLeader } from './deposed-leader.ts';
import { evictedNodeFaulty } from './evicted-node-faulty.ts';
import { evictedRunsOn } from './evicted-runs-on.ts';
import { failedWhileRunning } from './failed-while-running.ts';
import { jobIgnoresDrain } from './job-ignores-drain.ts';
import { jobLeftUnfinished } from './job-left-unfinished.ts';
import { jobRanTwice } from './job-ran-twice.ts';
import { jobWaitsForLostNode } from './job-waits-for-lost-node.ts';
import { keptInPlace } from './kept-in-place.ts';
import { lateDown } from './late-down.ts';
import { leaderForgot } from './leader-forgot.ts';
import { leftMemberCounts } from './left-member-counts.ts';
import { lostTasksCount } from './lost-tasks-count.ts';
import { lostTheDraw } from './lost-the-draw.ts';
import { luckyBranch } from './lucky-branch.ts';
import { noFailureCounted } from './no-failure-counted.ts';
import { noJobForNewcomer } from './no-job-for-newcomer.ts';
import { noLeader } from './no-leader.ts';
import { noWayBack } from './no-way-back.ts';
import { nodeLeftOut } from './node-left-out.ts';
import { oldIterationsStay } from './old-iterations-stay.ts';
import { oldTasksStopped } from './old-tasks-stopped.ts';
import { orphansWaitAgain } from './orphans-wait-again.ts';
import { pauseGoesOn } from './pause-goes-on.ts';
import { pilesUpBesideFaulty } from './piles-up-beside-faulty.ts';
import { placedUnwanted } from './placed-unwanted.ts';
import { ranTwice } from './ran-twice.ts';
import { rollbackByOlderPolicy } from './rollback-by-older-policy.ts';
import { rollbackForward } from './rollback-forward.ts';
import { rollbackOfNothing } from './rollback-of-nothing.ts';
import { rollbackOfScaling } from './rollback-of-scaling.ts';
import { rollbackSaysUpdate } from './rollback-says-update.ts';
import { rollbackTakesReplicas } from './rollback-takes-replicas.ts';
import { rolledBackToUnproven } from './rolled-back-to-unproven.ts';
import { schedulerHeldUp } from './scheduler-held-up.ts';
import { slotGivenUp } from './slot-given-up.ts';
import { smallBranch } from './small-branch.ts';
import { staleLeader } from './stale-leader.ts';
import { statusOverwritten } from './status-overwritten.ts';
import { stoppedTwice } from './stopped-twice.ts';
import { storyOf } from './story.ts';
import { strandedTasks } from './stranded-tasks.ts';
import type { ManagersSurprise, Surprise } from './surprise.ts';
import { tasksPileUp } from './tasks-pile-up.ts';
import { twoInASlot } from './two-in-a-slot.ts';
import { unevenBatch } from './uneven-batch.ts';
import { unwatchedFirstDeploy } from './unwatched-first-deploy.ts';
import { updatedOnActivation } from './updated-on-activation.ts';
import { waitsForLostTask } from './waits-for-lost-task.ts';
import { waitsForRoom } from './waits-for-room.ts';
import { watchOff } from './watch-off.ts';
import { writeInDoubt } from './write-in-doubt.ts';
import { writesLost } from './writes-lost.ts';

/** What can happen to a service, most telling first. */
export const SURPRISES: readonly Surprise[] = [
  oldTasksStopped,
  watchOff,
  leaderForgot,
  waitsForLostTask,
  waitsForRoom,
  strandedTasks,
  lostTheDraw,
  noFailureCounted,
  rollbackOfScaling,
  rollbackOfNothing,
  rollbackTakesReplicas,
  rollbackByOlderPolicy,
  rolledBackToUnproven,
  rollbackForward,
  noWayBack,
  rollbackSaysUpdate,
  completedButFailing,
  statusOverwritten,
  twoInASlot,
  tasksPileUp,
  keptInPlace,
  besideOldTask,
  pauseGoesOn,
  slotGivenUp,
  unwatchedFirstDeploy,
  nodeLeftOut,
  updatedOnActivation,
  evictedRunsOn,
  evictedNodeFaulty,
  failedWhileRunning,
  unevenBatch,
  pilesUpBesideFaulty,
  luckyBranch,
  smallBranch,
  placedUnwanted,
  schedulerHeldUp,
  stoppedTwice,
  jobWaitsForLostNode,
  jobLeftUnfinished,
  jobRanTwice,
  jobIgnoresDrain,
  noJobForNewcomer,
  oldIterationsStay,
  lostTasksCount,
  ranTwice,
];

/** What can happen to the managers. */
export const MANAGERS_SURPRISES: readonly ManagersSurprise[] = [
  noLeader,
  writeInDoubt,
  writesLost,
  deposedLeader,
  staleLeader,
  leftMemberCounts,
  demotionRefused,
  lateDown,
  orphansWaitAgain,
];

/** Something unexpected in a run, and why Swarm did it. */
export interface Cause {
  /** Stable, in kebab-case; `docs/findings/surprises.md` has them all. */
  readonly code: string;
  /** The service's name; '' for the managers. */
  readonly service: string;
  readonly at: Instant;
  readonly text: string;
  /** The rule of Swarm. */
  readonly rule: string;
}

/**
 * Names what in a run was probably not expected. The records have to be all of them, from the start of the swarm.
 *
 * @example
 * for (const { text } of causesOf(swarm.trace.records)) console.log(text);
 */
export function causesOf(records: readonly SwarmRecord[]): Cause[] {
  const story = storyOf(records);
  const found = story.services.flatMap((service) =>
    SURPRISES.flatMap(({ code, rule, recognise }): Cause[] => {
      const recognised = recognise(service, story);
      return recognised ? [{ code, service: service.name, ...recognised, rule }] : [];
    }),
  );
  const ofManagers = MANAGERS_SURPRISES.flatMap(({ code, rule, recognise }): Cause[] => {
    const recognised = recognise(story);
    return recognised ? [{ code, service: '', ...recognised, rule }] : [];
  });
  return [...found, ...ofManagers];
}
