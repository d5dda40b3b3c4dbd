/** Scenarios in TypeScript: what a file says, as an object, with the same defaults. */
import { completeFault, type Fault } from '../../faults/index.ts';
import { type Gate, parseGate } from '../gates.ts';
import type { Outcome } from '../metrics/index.ts';
import { type Comparison, parseComparison } from './expectation.ts';
import { DEFAULT_PATIENCE, type Scenario } from './scenario.ts';

export interface ScenarioDefinition extends Partial<Pick<Scenario, 'name' | 'cluster' | 'images' | 'patience'>> {
  readonly faults?: readonly Fault[];
  readonly expect?: {
    readonly outcome?: Outcome | readonly Outcome[];
    /** Such as `'>= 3'`. */
    readonly running?: string | number | Comparison;
    readonly exposed?: string | number | Comparison;
  };
  /** Such as `'lowest running < 4'`. */
  readonly failOn?: string | readonly string[];
}

/**
 * @throws DryswarmError (`invalid-scenario`, `invalid-fault`, `invalid-gate`)
 * @example
 * const scenario = defineScenario({
 *   cluster: { managers: 3, workers: 4 },
 *   images: { 'shop/api:2': { fails: { after: '20s' } } },
 *   faults: [{ kind: 'leader-crash', when: 'half updated' }],
 *   expect: { outcome: 'rolled back' },
 * });
 */
export function defineScenario(definition: ScenarioDefinition): Scenario {
  const { name = 'a scenario', cluster = {}, images = {}, faults = [], expect = {}, failOn } = definition;
  for (const fault of faults) completeFault(fault);
  const { outcome = [], running, exposed } = expect;
  return {
    name,
    cluster,
    images,
    faults,
    expect: {
      outcome: typeof outcome === 'string' ? [outcome] : outcome,
      ...(running !== undefined && { running: comparisonOf(running) }),
      ...(exposed !== undefined && { exposed: comparisonOf(exposed) }),
    },
    ...(failOn !== undefined && { gates: gatesOf(failOn) }),
    patience: definition.patience ?? DEFAULT_PATIENCE,
  };
}

function comparisonOf(input: string | number | Comparison): Comparison {
  return typeof input === 'object' ? input : parseComparison(input);
}

function gatesOf(failOn: string | readonly string[]): readonly Gate[] {
  return (typeof failOn === 'string' ? [failOn] : failOn).map(parseGate);
}
