export { deployStack } from './deploy.ts';
export type { Spread } from './estimate.ts';
export {
  type EvaluateOptions,
  evaluate,
  type ScenarioResult,
  type ServiceSummary,
  type Variant,
  type VariantResult,
} from './evaluate.ts';
export { runningOverTime, type ServiceHistory, type StatusChange, type TaskLife } from './history.ts';
export { METRICS, type Measurements, OUTCOMES, type Outcome, type VersionMix } from './metrics/index.ts';
export { observeService } from './observe.ts';
export { type Rehearsal, type Release, rehearse, type ServiceResult } from './rehearsal.ts';
export { standardBattery } from './scenario/battery.ts';
export { type Comparison, type Expectation, parseComparison } from './scenario/expectation.ts';
export { readScenario } from './scenario/read.ts';
export { type ClusterDefinition, DEFAULT_CLUSTER, type Scenario, type ScenarioFault } from './scenario/scenario.ts';
export { ScenarioError } from './scenario/source.ts';
