/**
 * Random clusters, services, policies and scenarios for fast-check, and what can be said of their runs.
 *
 * @packageDocumentation
 */
export { always, assertClaims, type Claim, type ClaimOptions, eventually, sometimes } from './claims.ts';
export { type ClusterOptions, clusters } from './clusters.ts';
export { type FaultPlanOptions, faultPlans } from './fault-plans.ts';
export { findExample } from './find-example.ts';
export { laws } from './laws/laws.ts';
export type { RaftLawOptions } from './laws/raft/suite.ts';
export type { LawParameters, ReadyLaw } from './laws/ready-law.ts';
export type { SwarmLawOptions } from './laws/swarm/suite.ts';
export { emptyModel, type SwarmCommand, type SwarmCommandOptions, type SwarmModel, swarmCommands } from './model.ts';
export { healthchecks, restartPolicies, rollbackPolicies, updatePolicies } from './policies.ts';
export { type Observer, type RunningTasks, ScenarioRun, ServiceRun } from './scenario/run.ts';
export { type RunOptions, Scenario, type ScenarioParts } from './scenario/scenario.ts';
export { type ScenarioCommand, type ScenarioFault, type ScenarioOptions, scenarios } from './scenario/scenarios.ts';
export type { Step } from './scenario/step.ts';
export { type ServiceOptions, services } from './services.ts';
export { IMAGE_FAULTS, type ImageFault, type WorkloadOptions, workloads } from './workloads.ts';
