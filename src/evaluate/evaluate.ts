/** Rehearses a release in several variants, against several scenarios, over many seeds: the same luck for all variants. */
import type { Seed } from '../sim/index.ts';
import type { Swarm } from '../swarm/index.ts';
import { type Spread, spreadOf, tally } from './estimate.ts';
import type { Outcome, VersionMix } from './metrics/index.ts';
import { type Rehearsal, type Release, rehearse, type ServiceResult } from './rehearsal.ts';
import { unmet } from './scenario/expectation.ts';
import type { Scenario } from './scenario/scenario.ts';

export interface Variant {
  readonly label: string;
  readonly release: Release;
}

export interface EvaluateOptions {
  readonly variants: readonly Variant[];
  readonly scenarios: readonly Scenario[];
  readonly seeds: readonly Seed[];
  /** Told after each rehearsal how many of all are done. */
  readonly progress?: (done: number, total: number) => void;
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
  /** What was not as the scenario expects, with the first seed that showed it; empty where all was. */
  readonly unmet: readonly { readonly problem: string; readonly seed: Seed; readonly count: number }[];
  /** What was still under way when patience ended, from the first seed in which anything was. */
  readonly underWay: readonly string[];
  /** The swarm of the first seed, as it was in the end. */
  readonly example: Swarm;
}

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly variants: readonly VariantResult[];
}

/** @throws as {@link rehearse} */
export function evaluate({ variants, scenarios, seeds, progress }: EvaluateOptions): ScenarioResult[] {
  const total = variants.length * scenarios.length * seeds.length;
  let done = 0;
  return scenarios.map((scenario) => ({
    scenario,
    variants: variants.map(({ label, release }) => {
      const rehearsals = seeds.map((seed, index) => {
        const rehearsal = rehearse(release, scenario, seed);
        done += 1;
        progress?.(done, total);
        return index === 0 ? rehearsal : withoutSwarm(rehearsal);
      });
      return summarise(label, scenario, rehearsals);
    }),
  }));
}

/** A swarm is large; only the first one is shown to anybody. */
function withoutSwarm({ swarm: _, ...rest }: Rehearsal): Omit<Rehearsal, 'swarm'> {
  return rest;
}

type Run = Omit<Rehearsal, 'swarm'> & { readonly swarm?: Swarm };

function summarise(label: string, scenario: Scenario, runs: readonly Run[]): VariantResult {
  const [first] = runs;
  return {
    label,
    services: first!.services.map(({ service }) =>
      summariseService(runs.flatMap((run) => run.services.filter((result) => result.service === service))),
    ),
    unmet: unmetOver(scenario, runs),
    underWay: runs.find(({ underWay }) => underWay.length > 0)?.underWay ?? [],
    example: first!.swarm!,
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

/** Expectations are about what the release changes; a release that changes nothing meets none. */
function unmetOver(scenario: Scenario, runs: readonly Run[]): VariantResult['unmet'] {
  const found = new Map<string, { seed: Seed; count: number }>();
  for (const { seed, services } of runs) {
    const changed = services.filter(({ outcome }) => outcome !== 'unchanged');
    const problems =
      changed.length === 0 && !scenario.expect.outcome.includes('unchanged') && scenario.expect.outcome.length > 0
        ? ['the release changes no task']
        : changed.flatMap((result) => unmet(scenario.expect, result).map((problem) => `${result.service}: ${problem}`));
    for (const problem of problems) {
      const known = found.get(problem);
      if (known) known.count += 1;
      else found.set(problem, { seed, count: 1 });
    }
  }
  return [...found].map(([problem, { seed, count }]) => ({ problem, seed, count }));
}
