/** Rehearses a release in several variants, against several scenarios, over many seeds: the same luck for all variants. */
import { DryswarmError } from '../base/index.ts';
import { type Injection, isNamed } from '../faults/index.ts';
import { type Spread, spreadOf, tally } from './estimate.ts';
import type { Gate } from './gates.ts';
import type { Outcome, VersionMix } from './metrics/index.ts';
import type { Run, ServiceResult } from './rehearsal.ts';
import { tokenOf } from './replay.ts';
import { type Plan, type Progress, type RunAll, runHere, type Variant } from './run-many.ts';
import { placed } from './scenario/places.ts';
import type { Scenario } from './scenario/scenario.ts';
import { type Unmet, unmetIn } from './unmet.ts';

export interface EvaluateOptions extends Plan {
  /** What a release must not do, besides what its scenario expects. Default: nothing. */
  readonly gates?: readonly Gate[];
  /** How the rehearsals are done. Default: one after the other, here. The result is always the same. */
  readonly runAll?: RunAll;
  readonly progress?: Progress;
  /** The version of the package, for the tokens in the result; without it there are none. */
  readonly version?: string;
}

/** What was seen of one service over all seeds. Durations are microseconds. */
export interface ServiceSummary {
  readonly service: string;
  readonly wanted: number;
  readonly images: ServiceResult['images'];
  readonly outcomes: readonly { readonly what: Outcome; readonly count: number }[];
  /** Seeds in which the service had not come to rest when patience ended. */
  readonly restless: number;
  readonly duration: Spread | undefined;
  readonly detection: Spread | undefined;
  readonly lowestRunning: Spread | undefined;
  readonly exposure: Spread;
  readonly failures: Spread;
  /** What ran at the end, most frequent first. */
  readonly mixes: readonly { readonly mix: VersionMix; readonly count: number }[];
}

export interface VariantResult {
  readonly label: string;
  readonly services: readonly ServiceSummary[];
  readonly faults: readonly FaultSummary[];
  /** What was not as it should be, with the first seed that showed it; empty where all was. */
  readonly unmet: readonly Unmet[];
  /** What was still under way when patience ended, from the first seed in which anything was. */
  readonly underWay: readonly string[];
}

/** What became of one fault over all seeds. */
export interface FaultSummary {
  readonly name: string;
  /** What it does, in words. */
  readonly text: string;
  readonly fates: readonly { readonly what: Injection['fate']; readonly count: number }[];
}

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly variants: readonly VariantResult[];
}

/** @throws as {@link rehearse}, and DryswarmError (`unknown-service`) for a gate on a service that no variant deploys. */
export function evaluate(options: EvaluateOptions): ScenarioResult[] {
  const { gates = [], runAll = runHere, progress, version, ...plan } = options;
  const { scenarios, variants, seeds } = plan;
  requireGated(gates, variants);
  for (const scenario of scenarios) requireGated(scenario.gates ?? [], variants, scenario);
  const runs = runAll(plan, progress);
  return scenarios.map((scenario, row) => ({
    scenario,
    variants: variants.map(({ label }, column) => {
      const first = (row * variants.length + column) * seeds.length;
      const result = summarise(label, scenario, gates, runs.slice(first, first + seeds.length));
      if (version === undefined) return result;
      const withToken = (problem: Unmet): Unmet => {
        const choice = { scenario: row, variant: column, seed: problem.seed };
        return { ...problem, token: tokenOf(plan, choice, version) };
      };
      return { ...result, unmet: result.unmet.map(withToken) };
    }),
  }));
}

/** A gate that no service can ever fall under would let everything pass. */
function requireGated(gates: readonly Gate[], variants: readonly Variant[], scenario?: Scenario): void {
  const names = [...new Set(variants.flatMap(({ release }) => release.to.services.map(({ name }) => name)))];
  for (const [index, { service, text }] of gates.entries()) {
    if (service === undefined || names.some((name) => isNamed(name, service))) continue;
    const hint = `there are: ${names.join(', ')}`;
    const error = new DryswarmError('unknown-service', `${service}: ${text}: there is no service ${service}`, hint);
    throw scenario ? placed(error, scenario, ['failOn', index]) : error;
  }
}

function summarise(label: string, scenario: Scenario, gates: readonly Gate[], runs: readonly Run[]): VariantResult {
  const [first] = runs;
  return {
    label,
    services: first!.services.map(({ service }) =>
      summariseService(runs.flatMap((run) => run.services.filter((result) => result.service === service))),
    ),
    faults: first!.injections.map(({ name, text }, index) => ({
      name,
      text,
      fates: tally(runs.map(({ injections }) => injections[index]!.fate)),
    })),
    unmet: unmetIn(scenario, gates, runs),
    underWay: runs.find(({ underWay }) => underWay.length > 0)?.underWay ?? [],
  };
}

function summariseService(results: readonly ServiceResult[]): ServiceSummary {
  const [first] = results;
  const { service, wanted, images } = first!;
  const mixes = tally(results.map(({ versionMix }) => JSON.stringify(versionMix)));
  return {
    service,
    wanted,
    images,
    outcomes: tally(results.map(({ outcome }) => outcome)),
    restless: results.filter(({ atRest }) => !atRest).length,
    duration: spreadOf(results.map(({ duration }) => duration)),
    detection: spreadOf(results.map(({ detection }) => detection)),
    lowestRunning: spreadOf(results.map(({ lowestRunning }) => lowestRunning)),
    exposure: spreadOf(results.map(({ exposure }) => exposure))!,
    failures: spreadOf(results.map(({ failures }) => failures))!,
    mixes: mixes.map(({ what, count }) => ({ mix: JSON.parse(what) as VersionMix, count })),
  };
}
