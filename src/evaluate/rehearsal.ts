/** One release, rehearsed once: what runs now, what is deployed next, one scenario, one seed. */
import { durationOf } from '../api/index.ts';
import { DryswarmError, type DurationInput, type Instant } from '../base/index.ts';
import { FaultSchedule, type Injection, type RolloutView } from '../faults/index.ts';
import type { Seed, SinkOptions } from '../sim/index.ts';
import { createSwarm, type Swarm } from '../swarm/index.ts';
import { deployStack } from './deploy.ts';
import { SwarmFaultPort } from './fault-port.ts';
import {
  HISTORY_RECORDS,
  type ServiceHistory,
  statusChanges,
  type TaskLife,
  taskLives,
  wasRunning,
} from './history.ts';
import { type Measurements, measure } from './metrics/index.ts';
import type { Release } from './release.ts';
import { requireSize } from './require-size.ts';
import { requireTargets } from './require-targets.ts';
import { runOut } from './run-out.ts';
import { DEFAULT_CLUSTER, type Scenario } from './scenario/scenario.ts';
import { isAbout, settle } from './settle.ts';

export interface ServiceResult extends Measurements {
  readonly service: string;
  /** Tasks wanted when the files were deployed. */
  readonly wanted: number;
  readonly images: { readonly before: string | undefined; readonly after: string };
}

export interface Rehearsal {
  readonly seed: Seed;
  /** When the files were deployed. */
  readonly deployedAt: Instant;
  readonly services: readonly ServiceResult[];
  /** What was still under way in the end, in plain words; empty where everything came to rest. */
  readonly underWay: readonly string[];
  /** What became of the scenario's faults, in its order. */
  readonly injections: readonly Injection[];
  /** The swarm as it was in the end. */
  readonly swarm: Swarm;
}

/** A rehearsal without its swarm, which is large. Plain data. */
export type Run = Omit<Rehearsal, 'swarm'>;

/**
 * `meanwhile` is called right after the deployment, for what is done by hand while the release is under way: it may let
 * time pass and ask for whatever a user could. Faults that are due meanwhile have to wait for it. What it returns, if
 * anything, is waited for the swarm to come to rest after it, in place of the scenario's patience.
 *
 * @throws DryswarmError (`too-large`), (`does-not-settle`) where the files that run now never come to rest, (`unknown-node`,
 *   `unknown-service`, `unknown-image`) for a fault that could hit nothing, and as `createSwarm` and the control API do.
 */
export function rehearse(
  release: Release,
  scenario: Scenario,
  seed: Seed,
  meanwhile?: (swarm: Swarm) => DurationInput | undefined,
): Rehearsal {
  return play({ release, scenario, seed, ...(meanwhile && { meanwhile }) });
}

/** The same, of one service of the stacks: the others may be on their way for ever, and only take the room that they get. */
export function rehearseOne(
  release: Release,
  scenario: Scenario,
  seed: Seed,
  service: string,
  meanwhile: (swarm: Swarm) => DurationInput,
): Rehearsal {
  return play({ release, scenario, seed, only: service, meanwhile });
}

/** The same, of which only what is measured is written down: a sixth of the time goes into the rest. */
export function measureRehearsal(release: Release, scenario: Scenario, seed: Seed): Run {
  const { swarm: _, ...run } = play({ release, scenario, seed, trace: { kind: 'full', only: HISTORY_RECORDS } });
  return run;
}

interface Play {
  readonly release: Release;
  readonly scenario: Scenario;
  readonly seed: Seed;
  readonly meanwhile?: (swarm: Swarm) => DurationInput | undefined;
  /** The service that has to be at rest before the deployment. Default: all. */
  readonly only?: string;
  /** Default: everything is kept. */
  readonly trace?: SinkOptions;
}

function play({ release, scenario, seed, meanwhile, only, trace = { kind: 'full' } }: Play): Rehearsal {
  const { managers, workers } = DEFAULT_CLUSTER;
  const cluster = { managers, workers, ...scenario.cluster };
  for (const stack of [release.from, release.to]) requireSize(stack, cluster);
  requireTargets(scenario, release);
  const swarm = createSwarm({ ...cluster, seed, trace });
  for (const [image, behaviour] of Object.entries(scenario.images)) swarm.images.define(image, behaviour);
  deployStack(swarm, release.from);
  settleFirst(swarm, scenario, only);

  const from = swarm.now;
  const known = new Map(swarm.services.all().map(({ object }) => [object.id, object]));
  const faults = new FaultSchedule({ faults: scenario.faults, seed, from });
  const port = new SwarmFaultPort({ swarm, images: scenario.images, release });
  const rollout = rolloutView(
    swarm,
    release,
    new Map([...known].map(([id, { specVersion }]) => [id, specVersion ?? -1])),
  );
  faults.strike(from, rollout, port);
  deployStack(swarm, release.to);
  const deployed = new Map(swarm.services.all().map(({ object }) => [object.id, object.specVersion ?? -1]));
  const patience = meanwhile?.(swarm) ?? scenario.patience;
  const underWay = runOut({ swarm, faults, port, rollout, patience });

  const names = new Set(release.to.services.map(({ name }) => name));
  const services = swarm.services
    .all()
    .filter((service) => names.has(service.name))
    .map(({ object }): ServiceResult => {
      const { id, spec } = object;
      const isAtRest = !underWay.some((line) => isAbout(line, spec.name));
      const subject = { id, name: spec.name, from, isNew: !known.has(id), newVersion: deployed.get(id)!, isAtRest };
      const history = historyOf(swarm, subject);
      const target = release.to.services.find(({ name }) => name === spec.name)!;
      const images = { before: known.get(id)?.spec.task.container.image, after: target.task.container.image };
      return { service: spec.name, wanted: history.wanted, images, ...measure(history) };
    });
  return { seed, deployedAt: from, services, underWay, injections: faults.report(port), swarm };
}

function rolloutView(swarm: Swarm, { to }: Release, versions: ReadonlyMap<string, number>): RolloutView {
  const names = new Set(to.services.map(({ name }) => name));
  return {
    get services() {
      return swarm.view.services.all().filter(({ spec }) => names.has(spec.name));
    },
    tasksOf: (id) =>
      swarm.services
        .all()
        .find((service) => service.id === id)
        ?.tasks() ?? [],
    versionBefore: (id) => versions.get(id),
  };
}

function settleFirst(swarm: Swarm, scenario: Scenario, only: string | undefined): void {
  const lines = settle(swarm, durationOf(scenario.patience));
  const underWay = only === undefined ? lines : lines.filter((line) => isAbout(line, only));
  if (underWay.length === 0) return;
  throw new DryswarmError(
    'does-not-settle',
    `the files that run now do not come to rest:\n${underWay.map((line) => `  ${line}`).join('\n')}`,
    'rehearse a release from files that work, or give the scenario a larger cluster',
  );
}

interface Subject {
  readonly id: string;
  readonly name: string;
  readonly from: number;
  readonly isNew: boolean;
  readonly newVersion: number;
  readonly isAtRest: boolean;
}

function historyOf(swarm: Swarm, { id, name, from, isNew, newVersion, isAtRest }: Subject): ServiceHistory {
  const { records } = swarm.trace;
  const tasks = taskLives(records, id);
  const { object } = swarm.service(name);
  const { mode } = object.spec;
  const wanted = mode.kind === 'replicated' ? mode.replicas : nodesWanted(tasks, from, isNew);
  const statuses = statusChanges(records, id, from);
  return {
    name,
    from,
    until: swarm.now,
    wanted,
    isNew,
    // Tasks that replace lost ones after a deployment without an update carry its version, too, but nothing is new.
    newVersion: isNew || statuses.some(({ state }) => state !== 'none') ? newVersion : undefined,
    statuses,
    tasks,
    isAtRest,
  };
}

/** Of a service with a task on each node: those that had one running, or for a new service those that got one. */
function nodesWanted(tasks: readonly TaskLife[], from: number, isNew: boolean): number {
  return isNew ? new Set(tasks.map(({ node }) => node)).size : tasks.filter((life) => wasRunning(life, from)).length;
}
