import { ApiError, DryswarmError, LimitError } from '../../base/index.ts';
import {
  createSwarm,
  type ImageDefinition,
  type ServiceDefinition,
  type ServiceHandle,
  type Swarm,
  type SwarmOptions,
  type UpdateDefinition,
} from '../../swarm/index.ts';
import { identifier, literal } from '../code.ts';
import { type Observer, ScenarioRun } from './run.ts';
import { codeOf, isRequest, perform, type Step } from './step.ts';

export interface ScenarioParts {
  readonly cluster: SwarmOptions;
  /** How images behave; those that are not named are there at once and run until they are stopped. */
  readonly images: Readonly<Record<string, ImageDefinition>>;
  /** It runs, and the swarm is at rest, before the first step. */
  readonly service: ServiceDefinition;
  readonly steps: readonly Step[];
  /** How long the swarm may take after the last step to come to rest. Then the run ends all the same. Default `2m`. */
  readonly patience?: string;
}

export interface RunOptions {
  /** Is shown the swarm after each step, and whenever something has happened in between. It may throw. */
  readonly observe?: Observer;
}

const DEFAULT_PATIENCE = '2m';

/** Nothing that works takes longer than this to start. */
const FIRST_PATIENCE = '10m';

/**
 * A cluster, a service, and what is done to them. It can be run any number of times, always with the same result, and
 * its text is the program that does the same.
 */
export class Scenario {
  readonly parts: ScenarioParts;

  constructor(parts: ScenarioParts) {
    this.parts = parts;
  }

  /** The same with another update policy. */
  withUpdate(update: UpdateDefinition): Scenario {
    return this.withService({ update });
  }

  /** The same with another rollback policy. */
  withRollback(rollback: UpdateDefinition): Scenario {
    return this.withService({ rollback });
  }

  /** The same with a service that has these properties. */
  withService(properties: Partial<ServiceDefinition>): Scenario {
    return new Scenario({ ...this.parts, service: { ...this.parts.service, ...properties } });
  }

  /**
   * @throws DryswarmError (`does-not-settle`) where the service does not come to rest before anything is done to it.
   */
  run({ observe }: RunOptions = {}): ScenarioRun {
    const { cluster, images, service: definition, steps, patience = DEFAULT_PATIENCE } = this.parts;
    const swarm = createSwarm(cluster);
    for (const [image, behaviour] of Object.entries(images)) swarm.images.define(image, behaviour);
    const service = swarm.services.create(definition);
    settleFirst(swarm);
    const startedAt = swarm.now;
    const watch = observe && watching(swarm, observe);
    for (const step of steps) {
      if (step.do === 'wait') swarm.run({ for: step.for, ...(watch && { unless: watch }) });
      else attempt(step, swarm, service);
      watch?.();
    }
    const underWay = settle(swarm, patience, watch);
    watch?.();
    return new ScenarioRun({ swarm, startedAt, underWay, main: service.name });
  }

  /** The program that does the same. */
  toString(): string {
    const { cluster, images, service, steps, patience = DEFAULT_PATIENCE } = this.parts;
    const name = identifier(service.name);
    const { seed, ...rest } = cluster;
    const options = literal(seed === undefined || seed === 1 ? rest : cluster);
    return [
      `const swarm = createSwarm(${options});`,
      ...Object.entries(images).map(
        ([image, behaviour]) => `swarm.images.define(${literal(image)}, ${literal(behaviour)});`,
      ),
      `const ${name} = swarm.services.create(${literal(service)});`,
      'swarm.runUntilSettled();',
      ...steps.map((step, index) =>
        mayBeRefused(step, steps.slice(0, index)) ? tried(codeOf(step, name), 'it may be refused') : codeOf(step, name),
      ),
      tried(`swarm.runUntilSettled({ within: ${literal(patience)} });`, 'it may never come to rest'),
    ].join('\n');
  }
}

function tried(statement: string, why: string): string {
  return `try { ${statement} } catch {} // ${why}`;
}

/** A rollback to nothing is refused, and anything by managers that cannot decide. */
function mayBeRefused(step: Step, before: readonly Step[]): boolean {
  const hitsManagers = before.some(
    (earlier) => earlier.do === 'leader-crash' || ('node' in earlier && isFault(earlier)),
  );
  return step.do === 'rollback' || (isRequest(step) && hitsManagers);
}

function isFault(step: Step): boolean {
  return step.do === 'node-crash' || step.do === 'node-freeze' || step.do === 'node-disconnect';
}

function attempt(step: Step, swarm: Swarm, service: ServiceHandle): void {
  try {
    perform(step, swarm, service);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

function settleFirst(swarm: Swarm): void {
  try {
    swarm.runUntilSettled({ within: FIRST_PATIENCE });
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    throw new DryswarmError(
      'does-not-settle',
      `the service does not come to rest before anything is done to it:\n  ${error.pending.join('\n  ')}`,
      'draw larger clusters, or a service that asks for less',
    );
  }
}

/** What had not ended when patience did, in words. */
function settle(swarm: Swarm, within: string, watch: (() => boolean) | undefined): readonly string[] {
  try {
    swarm.runUntilSettled({ within, ...(watch && { unless: watch }) });
    return [];
  } catch (error) {
    if (error instanceof LimitError) return swarm.underWay();
    throw error;
  }
}

/** Shows the swarm whenever something has been recorded or stored; never asks to stop. */
function watching(swarm: Swarm, observe: Observer): () => false {
  let seen = '';
  return () => {
    const now = `${swarm.view.index} ${swarm.trace.records.length}`;
    if (now !== seen) observe(swarm);
    seen = now;
    return false;
  };
}
