import type { FindingRule, StackRule } from '../check/rule.ts';
import { afterPause } from './after-pause.ts';
import { badImage } from './bad-image.ts';
import { capacity } from './capacity.ts';
import { cleanExit } from './clean-exit.ts';
import { deadNode } from './dead-node.ts';
import { deployedAgainFinding } from './deployed-again.ts';
import { drain } from './drain.ts';
import { duration } from './duration.ts';
import { exposure } from './exposure.ts';
import { failureRatio } from './failure-ratio.ts';
import { firstDeploy } from './first-deploy.ts';
import { gracePeriod } from './grace-period.ts';
import { impossibleConstraint } from './impossible-constraint.ts';
import { jobAttempts } from './job-attempts.ts';
import { lateFailure } from './late-failure.ts';
import { leaderCrash } from './leader-crash.ts';
import { neverPlaced } from './never-placed.ts';
import { noHealthCheck } from './no-health-check.ts';
import { nodeDeath } from './node-death.ts';
import { rebalance } from './rebalance.ts';
import { restartNone } from './restart-none.ts';
import { retryLimit } from './retry-limit.ts';
import { rollback } from './rollback.ts';
import { scalingMeanwhile } from './scaling-meanwhile.ts';
import { slowPullFinding } from './slow-pull.ts';
import { startFirstFit } from './start-first-fit.ts';
import { unwatchedHealth } from './unwatched-health.ts';
import { versionMix } from './version-mix.ts';

export { composeTraps } from './compose-traps.ts';

/** Whether a service comes up at all. Where one of these finds something, the others are not asked. */
export const PLACEMENT_RULES: readonly FindingRule[] = [impossibleConstraint, neverPlaced];

/** Whether an update can end at all. Where one of these finds a problem, there is no update to examine. */
export const PROGRESS_RULES: readonly FindingRule[] = [startFirstFit];

/** What an update does, in the order of the questions. */
export const UPDATE_RULES: readonly FindingRule[] = [
  badImage,
  noHealthCheck,
  lateFailure,
  unwatchedHealth,
  exposure,
  duration,
  capacity,
  scalingMeanwhile,
  failureRatio,
  rollback,
  afterPause,
  slowPullFinding,
];

/** What holds for a service that runs, updated or not. */
export const SERVICE_RULES: readonly FindingRule[] = [
  firstDeploy,
  retryLimit,
  drain,
  restartNone,
  deadNode,
  cleanExit,
  gracePeriod,
];

/** What holds for a job, which is run and never updated. */
export const JOB_RULES: readonly FindingRule[] = [jobAttempts];

export const STACK_RULES: readonly StackRule[] = [nodeDeath, leaderCrash, deployedAgainFinding, versionMix, rebalance];

/** Every rule about a single service. */
export const SERVICE_FINDINGS: readonly FindingRule[] = [
  ...PLACEMENT_RULES,
  ...PROGRESS_RULES,
  ...UPDATE_RULES,
  ...SERVICE_RULES,
  ...JOB_RULES,
];
