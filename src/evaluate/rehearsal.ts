/** One release, rehearsed once: what runs now, what is deployed next, one scenario, one seed. */
import { durationOf } from '../api/index.ts';
import { DryswarmError, type Instant } from '../base/index.ts';
import type { Stack } from '../compose/index.ts';
import { HashStream, type Seed } from '../sim/index.ts';
import { createSwarm, type Swarm } from '../swarm/index.ts';
import { deployStack } from './deploy.ts';
import { type ServiceHistory, statusChanges, type TaskLife, taskLives, wasRunning } from './history.ts';
import { type Measurements, measure } from './metrics/index.ts';
import { DEFAULT_CLUSTER, type Scenario, type ScenarioFault } from './scenario/scenario.ts';
import { settle } from './settle.ts';

export interface Release {
  /** What runs now. */
  readonly from: Stack;
  /** What is deployed next. */
  readonly to: Stack;
}

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
  /** The swarm as it was in the end. */
  readonly swarm: Swarm;
}

/** The window of `at: during update`. */
const UPDATE_WINDOW_SECONDS = 30;

/**
 * `meanwhile` is called right after the deployment, for what is done by hand while the release is under way: it may let
 * time pass and ask for whatever a user could.
 *
 * @throws DryswarmError (`does-not-settle`) where the files that run now never come to rest, (`unknown-node`) for a fault
 *   that would hit none, and as `createSwarm` and the control API do.
 */
export function rehearse(
  release: Release,
  scenario: Scenario,
  seed: Seed,
  meanwhile?: (swarm: Swarm) => void,
): Rehearsal {
  const { managers, workers } = DEFAULT_CLUSTER;
  const swarm = createSwarm({ managers, workers, ...scenario.cluster, seed });
  requireNodes(swarm, scenario.faults);
  for (const [image, behaviour] of Object.entries(scenario.images)) swarm.images.define(image, behaviour);
  deployStack(swarm, release.from);
  settleFirst(swarm, scenario);

  const from = swarm.now;
  const before = new Map(swarm.services.all().map((service) => [service.name, service.image]));
  const known = new Set(swarm.services.all().map(({ id }) => id));
  deployStack(swarm, release.to);
  const deployed = new Map(swarm.services.all().map(({ object }) => [object.id, object.specVersion ?? -1]));
  planFaults(swarm, scenario.faults, seed);
  meanwhile?.(swarm);
  const underWay = settle(swarm, durationOf(scenario.patience));

  const names = new Set(release.to.services.map(({ name }) => name));
  const services = swarm.services
    .all()
    .filter((service) => names.has(service.name))
    .map(({ object }): ServiceResult => {
      const { id, spec } = object;
      const isAtRest = !underWay.some((line) => line.startsWith(`${spec.name} `) || line.startsWith(`${spec.name}.`));
      const subject = { id, name: spec.name, from, isNew: !known.has(id), newVersion: deployed.get(id)!, isAtRest };
      const history = historyOf(swarm, subject);
      const target = release.to.services.find(({ name }) => name === spec.name)!;
      const images = { before: before.get(spec.name), after: target.task.container.image };
      return { service: spec.name, wanted: history.wanted, images, ...measure(history) };
    });
  return { seed, deployedAt: from, services, underWay, swarm };
}

function requireNodes(swarm: Swarm, faults: readonly ScenarioFault[]): void {
  const names = swarm.nodes().map((node) => node.id);
  for (const { kind, node } of faults) {
    if (node === 'any' || names.includes(node)) continue;
    throw new DryswarmError('unknown-node', `${kind}: there is no node ${node}`, `there are: ${names.join(', ')}`);
  }
}

function settleFirst(swarm: Swarm, scenario: Scenario): void {
  const underWay = settle(swarm, durationOf(scenario.patience));
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

function planFaults(swarm: Swarm, faults: readonly ScenarioFault[], seed: Seed): void {
  const luck = new HashStream(seed, 'scenario/faults');
  faults.forEach((fault, index) => {
    const names = swarm.nodes().map((node) => node.name);
    const node = fault.node === 'any' ? names[luck.integer(index * 2, names.length)]! : fault.node;
    const at =
      fault.at === 'during update' ? luck.unit(index * 2 + 1) * UPDATE_WINDOW_SECONDS * 1e9 : durationOf(fault.at);
    const end = fault.for === undefined ? undefined : at + durationOf(fault.for);
    schedule(swarm, fault, node, Math.round(at), end);
  });
}

function schedule(swarm: Swarm, { kind }: ScenarioFault, node: string, after: number, end: number | undefined): void {
  switch (kind) {
    case 'node-crash':
      swarm.schedule({ action: 'crash', node }, { after });
      if (end !== undefined) swarm.schedule({ action: 'boot', node }, { after: end });
      return;
    case 'node-disconnect':
      swarm.schedule({ action: 'disconnect', node }, { after });
      if (end !== undefined) swarm.schedule({ action: 'reconnect', node }, { after: end });
      return;
    case 'node-drain':
      swarm.schedule({ action: 'availability', node, availability: 'drain' }, { after });
      if (end !== undefined) swarm.schedule({ action: 'availability', node, availability: 'active' }, { after: end });
  }
}
