/** The laws of Swarm that hold whatever happens to a cluster, ready to be held against random scenarios. */
import fc from 'fast-check';
import { DryswarmError } from '../../../base/index.ts';
import { checkDeterminism, excerpt, formatInstant, type Swarm, timelineOf } from '../../../swarm/index.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { scenarios as anyScenarios, COMMANDS, STRIKES } from '../../scenario/scenarios.ts';
import { IMAGE_FAULTS } from '../../workloads.ts';
import type { LawParameters, ReadyLaw } from '../ready-law.ts';
import { assignmentsFit } from './assignments-fit.ts';
import { CommitWatch } from './commits.ts';
import { desiredStatesOnlyGrow } from './desired-states-only-grow.ts';
import type { Law } from './law.ts';
import { observedStatesOnlyGrow } from './observed-states-only-grow.ts';
import { oneTaskPerSlot } from './one-task-per-slot.ts';
import { restDrained } from './rest-drained.ts';
import { restGlobal } from './rest-global.ts';
import { tasksStayWhatTheyAre } from './tasks-stay-what-they-are.ts';
import { updateStatusFollowsTheTable } from './update-status-follows-the-table.ts';

export interface SwarmLawOptions {
  /** Default: scenarios with every fault and every command. */
  readonly scenarios?: fc.Arbitrary<Scenario>;
}

const LAWS: readonly Law[] = [
  observedStatesOnlyGrow,
  desiredStatesOnlyGrow,
  tasksStayWhatTheyAre,
  oneTaskPerSlot,
  assignmentsFit,
  updateStatusFollowsTheTable,
  restGlobal,
  restDrained,
];

/**
 * What Swarm keeps to in any scenario. Of use to whoever has behaviours of images, faults or scenarios of their own.
 *
 * @example
 * for (const law of laws.swarm()) test(law.name, () => law.assert({ numRuns: 50 }));
 */
export function swarmLaws({ scenarios = everything() }: SwarmLawOptions = {}): readonly ReadyLaw[] {
  return [
    ...LAWS.map((law) => ready(law.sentence, scenarios, (scenario) => obey(law, scenario))),
    ready('the same scenario gives the same run', scenarios, (scenario) =>
      checkDeterminism(() => scenario.run().swarm),
    ),
  ];
}

function ready(name: string, scenarios: fc.Arbitrary<Scenario>, hold: (scenario: Scenario) => void): ReadyLaw {
  return {
    name,
    assert: (parameters: LawParameters = {}) => fc.assert(fc.property(scenarios, hold), parameters),
  };
}

function everything(): fc.Arbitrary<Scenario> {
  return anyScenarios({ faults: [...IMAGE_FAULTS, ...STRIKES], commands: COMMANDS });
}

function obey(law: Law, scenario: Scenario): void {
  const watcher = law.watch();
  const commits = new CommitWatch();
  const observe = (swarm: Swarm) => {
    const commit = commits.look(swarm);
    if (commit) judge(law, swarm, watcher.committed?.(commit) ?? []);
  };
  const { swarm, isSettled } = scenario.run({ observe });
  if (isSettled && swarm.leader) judge(law, swarm, watcher.atRest?.(swarm.view) ?? []);
}

function judge({ sentence }: Law, swarm: Swarm, breaches: readonly string[]): void {
  if (breaches.length === 0) return;
  const lines = excerpt(timelineOf(swarm.trace.records, { detail: 'all' }), { from: swarm.now, until: swarm.now });
  const text = [`broken at ${formatInstant(swarm.now)}: ${sentence}`, ...breaches, ...lines].join('\n  ');
  throw new DryswarmError('law-broken', text);
}
