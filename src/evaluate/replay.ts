/** One rehearsal of many, once more. */
import { DryswarmError } from '../base/index.ts';
import type { Seed } from '../sim/index.ts';
import { type Rehearsal, rehearse } from './rehearsal.ts';
import type { DeployedStack, Release } from './release.ts';
import type { Plan, Variant } from './run-many.ts';
import type { Scenario } from './scenario/scenario.ts';
import { digestOf, formatToken, type Replay, requireSame } from './token.ts';

/** What is rehearsed, whatever the seeds. */
export type Inputs = Pick<Plan, 'scenarios' | 'variants'>;

/** One of them: the numbers of its scenario and variant, from 0, and its seed. */
export interface Choice {
  readonly scenario: number;
  readonly variant: number;
  readonly seed: Seed;
}

export interface Replayed {
  readonly scenario: Scenario;
  readonly variant: Variant;
  readonly rehearsal: Rehearsal;
}

/** What {@link Replay.what} says of rehearsals. */
const WHAT = /^r(\d+)\.(\d+)$/;

/** Whether a token is of a rehearsal, and not of something else that was found. */
export function isRehearsal({ what }: Replay): boolean {
  return WHAT.test(what);
}

/** The token for a rehearsal. `version`: that of the package. */
export function tokenOf(inputs: Inputs, { scenario, variant, seed }: Choice, version: string): string {
  const digest = digestOf(essenceOf(inputs.variants[variant]!.release, inputs.scenarios[scenario]!));
  return formatToken({ version, digest, what: `r${scenario}.${variant}`, seed });
}

/**
 * The rehearsal of a token, from the same inputs.
 * @throws DryswarmError (`other-version`, `other-input`)
 */
export function replay(token: Replay, { scenarios, variants }: Inputs, version: string): Replayed {
  const [, row, column] = WHAT.exec(token.what) ?? [];
  const scenario = scenarios[Number(row)];
  const variant = variants[Number(column)];
  if (!scenario || !variant) {
    throw new DryswarmError('other-input', 'the token is of a scenario or a variant that these files do not give');
  }
  requireSame(token, version, essenceOf(variant.release, scenario));
  return { scenario, variant, rehearsal: rehearse(variant.release, scenario, token.seed) };
}

/** All that a rehearsal depends on, its seed aside: not its name, nor what is expected of it. */
function essenceOf({ from, to }: Release, { cluster, images, faults, patience }: Scenario): unknown {
  return { from: stackEssence(from), to: stackEssence(to), cluster, images, faults, patience };
}

/** Mounts are not simulated, and the paths in them differ from machine to machine. */
export function stackEssence({ services, config }: DeployedStack): unknown {
  return {
    services: services.map((spec) => {
      const { mounts: _, ...container } = spec.task.container;
      return { ...spec, task: { ...spec.task, container } };
    }),
    drivers: Object.entries(config.networks ?? {}).map(([name, network]) => [name, network?.driver ?? '']),
  };
}
