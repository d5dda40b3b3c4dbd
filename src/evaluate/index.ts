export type { Fault, Injection, PhaseName } from '../faults/index.ts';
export { type CheckedService, type CheckResult, check } from './check/check.ts';
export type {
  ComposeValue,
  Evidence,
  Finding,
  Fix,
  Patch,
  Question,
  Severity,
} from './check/finding.ts';
export type { CheckOptions } from './check/options.ts';
export type { Rollout } from './check/rollout.ts';
export { isOfCheck, replayCheck } from './check/tokens.ts';
export { deployStack, RefusedService } from './deploy.ts';
export type { Spread } from './estimate.ts';
export {
  type EvaluateOptions,
  evaluate,
  type FaultSummary,
  type ScenarioResult,
  type ServiceSummary,
  type VariantResult,
} from './evaluate.ts';
export { type Gate, isHit, parseGate } from './gates.ts';
export { runningOverTime, type ServiceHistory, type StatusChange, type TaskLife } from './history.ts';
export { METRICS, type Measurements, OUTCOMES, type Outcome, type VersionMix } from './metrics/index.ts';
export { observeService } from './observe.ts';
export { type Rehearsal, type Run, rehearse, type ServiceResult } from './rehearsal.ts';
export type { DeployedStack, Release } from './release.ts';
export { type Choice, type Inputs, isRehearsal, type Replayed, replay, tokenOf } from './replay.ts';
export { type Plan, type Progress, type RunAll, runHere, type Variant } from './run-many.ts';
export { standardBattery } from './scenario/battery.ts';
export { defineScenario, type ScenarioDefinition } from './scenario/define-scenario.ts';
export { type Comparison, type Expectation, parseComparison } from './scenario/expectation.ts';
export { placed } from './scenario/places.ts';
export { readScenario } from './scenario/read.ts';
export {
  type ClusterDefinition,
  DEFAULT_CLUSTER,
  DEFAULT_SEEDS,
  MAX_SEEDS,
  type ReleaseFiles,
  type Scenario,
} from './scenario/scenario.ts';
export { scenarioSchema } from './scenario/schema.ts';
export { ScenarioError } from './scenario/source.ts';
export { type Cause, causesOf } from './surprises/index.ts';
export { digestOf, formatToken, parseToken, type Replay, requireSame } from './token.ts';
export type { Unmet } from './unmet.ts';
export { VERSION } from './version.ts';
export { onWorkers } from './worker-pool.ts';
