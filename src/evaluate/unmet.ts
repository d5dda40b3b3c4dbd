/** What was not as it should be in the rehearsals of one variant in one scenario. */
import type { Position } from '../compose/index.ts';
import type { Seed } from '../sim/index.ts';
import { type Gate, isHit } from './gates.ts';
import type { Run } from './rehearsal.ts';
import { unmet } from './scenario/expectation.ts';
import { placeIn } from './scenario/places.ts';
import type { Scenario } from './scenario/scenario.ts';

export interface Unmet {
  readonly problem: string;
  /** Of which service; absent where it is about the release or a fault. */
  readonly service?: string;
  /** Where the scenario's file says otherwise; absent where no file does. */
  readonly at?: Position;
  readonly seed: Seed;
  /** Seeds that showed it. */
  readonly count: number;
  /** What to replay it with. */
  readonly token?: string;
}

export function unmetIn(scenario: Scenario, gates: readonly Gate[], runs: readonly Run[]): readonly Unmet[] {
  return [...unmetOver(runs, (run) => problemsOf(scenario, gates, run)), ...neverStruck(scenario, runs)];
}

/** Each problem once, with the first run that has it. */
function unmetOver(runs: readonly Run[], problemsIn: (run: Run) => readonly Problem[]): readonly Unmet[] {
  const found = new Map<string, Omit<Unmet, 'count'> & { count: number }>();
  for (const run of runs) {
    for (const problem of problemsIn(run)) {
      const known = found.get(problem.problem);
      if (known) known.count += 1;
      else found.set(problem.problem, { ...problem, seed: run.seed, count: 1 });
    }
  }
  return [...found.values()];
}

type Problem = Pick<Unmet, 'problem' | 'service' | 'at'>;

/** `path`: where the scenario says what should be. */
function problemOf(scenario: Scenario, path: readonly (string | number)[], problem: string, service?: string): Problem {
  const at = placeIn(scenario, path);
  return {
    problem: service === undefined ? problem : `${service}: ${problem}`,
    ...(service !== undefined && { service }),
    ...(at && { at }),
  };
}

/** Expectations are about what the release changes, and one that changes nothing meets none; gates are about all. */
function problemsOf(scenario: Scenario, gates: readonly Gate[], { services, injections }: Run): readonly Problem[] {
  const { expect, gates: own = [] } = scenario;
  const changed = services.filter(({ outcome }) => outcome !== 'unchanged');
  const changesNothing = changed.length === 0 && expect.outcome.length > 0 && !expect.outcome.includes('unchanged');
  return [
    ...(changesNothing ? [problemOf(scenario, ['expect', 'outcome'], 'the release changes no task')] : []),
    ...changed.flatMap((result) =>
      unmet(expect, result).map(({ of, text }) => problemOf(scenario, ['expect', of], text, result.service)),
    ),
    ...services.flatMap((result) => [
      ...own.flatMap((gate, index) =>
        isHit(gate, result) ? [problemOf(scenario, ['failOn', index], gate.text, result.service)] : [],
      ),
      ...gates.flatMap((gate) =>
        isHit(gate, result) ? [{ problem: `${result.service}: ${gate.text}`, service: result.service }] : [],
      ),
    ]),
    ...injections.flatMap(({ fate, isOptional, name, text }, index) =>
      fate === 'matched nothing' && !isOptional
        ? [problemOf(scenario, ['faults', index], `fault ${name} (${text}) found nothing to strike`)]
        : [],
    ),
  ];
}

/** A fault whose moment comes in some seeds and not in others is luck; in none, and nothing was rehearsed with it. */
function neverStruck(scenario: Scenario, runs: readonly Run[]): readonly Unmet[] {
  const [first] = runs;
  return first!.injections.flatMap(({ name, text, isOptional }, index) => {
    const isExpired = runs.every(({ injections }) => injections[index]!.fate === 'expired');
    if (!isExpired || isOptional) return [];
    const problem = problemOf(
      scenario,
      ['faults', index],
      `fault ${name} (${text}) never struck: its moment did not come`,
    );
    return [{ ...problem, seed: first!.seed, count: runs.length }];
  });
}
