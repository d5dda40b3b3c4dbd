/** Plays a scenario to a whole swarm, with real latencies, through its public face. */
import { ApiError, millis } from '../../src/base/index.ts';
import {
  createSwarm,
  type EditableDefinition,
  type ImageDefinition,
  type ServiceDefinition,
  type Swarm,
  type SwarmOptions,
} from '../../src/index.ts';
import type { ImageBehaviour, VectorService, VectorStep, VectorUpdateConfig } from './orchestration/input.ts';
import type { Scenario } from './scenario-arbitraries.ts';

/** The scenario's nodes are workers; the manager beside them, or three where leaders are lost, take no tasks. */
export function swarmOf(scenario: Scenario, options: Pick<SwarmOptions, 'trace' | 'latencies'> = {}): Swarm {
  const swarm = createSwarm({
    ...options,
    managers: 0,
    nodes: [
      ...managersOf(scenario).map((name) => ({ name, role: 'manager' as const, availability: 'drain' as const })),
      ...scenario.nodes.map(({ name, labels = {}, cpus, memoryMb }) => ({ name, labels, cpus, memory: mib(memoryMb) })),
    ],
    seed: scenario.seed,
    taskHistoryLimit: scenario.retentionLimit,
  });
  for (const [name, behaviour] of Object.entries(scenario.images)) swarm.images.define(name, imageOf(behaviour));
  return swarm;
}

function managersOf({ steps }: Scenario): readonly string[] {
  return steps.some(({ op }) => op === 'leaderLost') ? ['m1', 'm2', 'm3'] : ['m1'];
}

/** How a swarm passes the time until an instant. */
export type Runner = (swarm: Swarm, untilMs: number) => void;

/** `unless` is asked before each event whether to stop. */
export function runTo(swarm: Swarm, untilMs: number, unless?: () => boolean): void {
  const left = millis(untilMs) - swarm.now;
  if (left > 0) swarm.run({ for: `${left}us`, ...(unless && { unless }) });
}

/** Runs up to each step and takes it. A refusal is part of the scenario. */
export function play(
  swarm: Swarm,
  steps: readonly VectorStep[],
  run: Runner = (swarm, untilMs) => runTo(swarm, untilMs),
): void {
  for (const step of steps) {
    run(swarm, step.at);
    try {
      take(swarm, step);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
}

function take(swarm: Swarm, step: VectorStep): void {
  switch (step.op) {
    case 'createService':
      swarm.services.create(definitionOf(step.service));
      return;
    case 'update':
      return swarm.service(step.service).update((definition) => change(definition, step.set));
    case 'rollback':
      return swarm.service(step.service).rollback();
    case 'removeService':
      return swarm.service(step.service).remove();
    case 'nodeAvailability':
      return swarm.node(step.node).setAvailability(step.availability);
    case 'nodeLabels':
      return swarm.node(step.node).setLabels(step.labels);
    case 'nodeRemove':
      return swarm.node(step.node).remove({ force: step.force ?? false });
    case 'nodeJoin': {
      const { name, labels = {}, cpus, memoryMb } = step.node;
      swarm.join({ name, labels, cpus, memory: mib(memoryMb) });
      return;
    }
    case 'nodeDown':
      return step.crash ? swarm.node(step.node).crash() : swarm.node(step.node).disconnect();
    case 'nodeUp':
      swarm.node(step.node).boot();
      return swarm.node(step.node).reconnect();
    case 'leaderLost':
      return swarm.leader?.crash();
    case 'leaderElected':
      for (const manager of swarm.managers()) if (!manager.isUp) manager.boot();
      return;
    default:
      throw new Error(`a swarm cannot play ${step.op}`);
  }
}

/** The keys of a vector's service that an update sets, in the words of a definition. */
function change(definition: EditableDefinition, set: Readonly<Record<string, unknown>>): void {
  const wanted = definitionOf({ name: definition.name, image: definition.image, ...set } as VectorService);
  if ('image' in set) definition.image = wanted.image;
  if ('env' in set) assign(definition, wanted, 'env');
  if ('force' in set) assign(definition, wanted, 'forceUpdate');
  if ('replicas' in set || 'totalCompletions' in set) assign(definition, wanted, 'replicas');
  if ('maxConcurrent' in set) assign(definition, wanted, 'maxConcurrent');
  if ('update' in set) assign(definition, wanted, 'update');
  if ('rollback' in set) assign(definition, wanted, 'rollback');
  if ('restart' in set) assign(definition, wanted, 'restart');
  if ('reserve' in set) assign(definition, wanted, 'reservations');
  if ('placement' in set) for (const key of PLACEMENT) assign(definition, wanted, key);
}

const PLACEMENT = ['constraints', 'spread', 'maxReplicasPerNode'] as const;

function assign(definition: EditableDefinition, wanted: ServiceDefinition, key: keyof ServiceDefinition): void {
  if (wanted[key] === undefined) delete definition[key];
  else Object.assign(definition, { [key]: wanted[key] });
}

function definitionOf(service: VectorService): ServiceDefinition {
  const { name, image, mode = 'replicated', restart, update, rollback, reserve, placement, hostPorts } = service;
  return {
    name,
    image,
    mode,
    ...(mode === 'replicated' && service.replicas !== undefined && { replicas: service.replicas }),
    ...(service.totalCompletions !== undefined && { replicas: service.totalCompletions }),
    ...(service.maxConcurrent !== undefined && { maxConcurrent: service.maxConcurrent }),
    ...(service.env && { env: service.env }),
    ...(service.force !== undefined && { forceUpdate: service.force }),
    ...(restart && {
      restart: {
        condition: restart.condition,
        delay: ms(restart.delayMs ?? 5_000),
        maxAttempts: restart.maxAttempts ?? 0,
        window: ms(restart.windowMs ?? 0),
      },
    }),
    ...(update && { update: updateOf(update) }),
    ...(rollback && { rollback: updateOf(rollback) }),
    ...(reserve && { reservations: { cpus: reserve.cpus ?? 0, memory: mib(reserve.memoryMb ?? 0) } }),
    ...placement,
    ...(hostPorts && { ports: hostPorts.map((port) => ({ target: port, published: port, mode: 'host' as const })) }),
  };
}

function updateOf(config: VectorUpdateConfig): NonNullable<ServiceDefinition['update']> {
  const { parallelism, delayMs, monitorMs, maxFailureRatio } = config;
  return {
    ...(parallelism != null && { parallelism }),
    delay: ms(delayMs ?? 0),
    ...(monitorMs != null && { monitor: ms(monitorMs) }),
    ...(config.failureAction && { failureAction: config.failureAction }),
    ...(maxFailureRatio != null && { maxFailureRatio }),
    ...(config.order && { order: config.order }),
  };
}

function imageOf(behaviour: ImageBehaviour): ImageDefinition {
  const { pullMs, startMs, stopMs } = behaviour;
  const [rule] = behaviour.rules ?? [];
  const occurrence = rule ? occurrenceOf(rule.when) : {};
  const { failStart, rejectPrepare, failAfterMs, unhealthyAfterMs, completeAfterMs } = { ...behaviour, ...rule?.set };
  return {
    pull: ms(pullMs),
    start: { takes: ms(startMs), ...(failStart && { fails: occurrence }) },
    stop: ms(stopMs),
    ...(rejectPrepare && { missing: occurrence }),
    ...(failAfterMs !== undefined && { fails: { ...occurrence, after: ms(failAfterMs) } }),
    ...(completeAfterMs !== undefined && { completes: { ...occurrence, after: ms(completeAfterMs) } }),
    ...(unhealthyAfterMs !== undefined && {
      healthcheck: { interval: '1s', retries: 1 },
      unhealthy: { ...occurrence, after: ms(unhealthyAfterMs) },
    }),
  };
}

type Rule = NonNullable<ImageBehaviour['rules']>[number]['when'];

/** As far as the scenarios use conditions. */
function occurrenceOf({ nthFrom, nthTo, attemptTo }: Rule): {
  readonly nth?: [number, number];
  readonly attempts?: [number, number];
} {
  return {
    ...((nthFrom ?? nthTo) !== undefined && { nth: [nthFrom ?? 1, nthTo ?? Number.MAX_SAFE_INTEGER] }),
    ...(attemptTo !== undefined && { attempts: [1, attemptTo] }),
  };
}

function ms(duration: number): string {
  return `${duration}ms`;
}

function mib(count: number): number {
  return count * 1024 * 1024;
}
