/**
 * A service as a user writes it: flat, with durations and sizes as text. It is turned into the specification that Swarm
 * stores, and back for a recipe that edits it. What is left out stays unset, as in the API.
 */
import {
  durationOf,
  type EndpointSpec,
  formatDuration,
  type HealthConfig,
  type Labels,
  type PortConfig,
  parseBytes,
  type RestartPolicy,
  type ServiceMode,
  type ServiceSpec,
  type TaskSpec,
  type UpdateConfig,
} from '../api/index.ts';
import type { DurationInput } from '../base/index.ts';

/** How a rolling update, or a rollback, goes about it. What is left out has the docker client's default. */
export interface UpdateDefinition {
  /** Slots updated at once; 0 means all of them. Default 1. */
  readonly parallelism?: number;
  /** Pause after each slot. Default 0. */
  readonly delay?: DurationInput;
  /** Default `pause`. */
  readonly failureAction?: UpdateConfig['failureAction'];
  /** How long after a task was seen running its failure counts. Default 5 s; 0 here means 0, not 5 s. */
  readonly monitor?: DurationInput;
  /** Failures over dirty slots that are tolerated, 0 to 1. Default 0: the first failure acts. */
  readonly maxFailureRatio?: number;
  /** Default `stop-first`. */
  readonly order?: UpdateConfig['order'];
}

export interface RestartDefinition {
  /** Default `any`. */
  readonly condition?: RestartPolicy['condition'];
  /** Default 5 s. */
  readonly delay?: DurationInput;
  /** Default 0: no limit. */
  readonly maxAttempts?: number;
  /** Default: attempts are counted for the life of slot and version. */
  readonly window?: DurationInput;
}

export interface HealthcheckDefinition {
  /** A command for the shell, or `['CMD', ...]`, `['CMD-SHELL', text]`, `['NONE']`. */
  readonly test?: string | readonly string[];
  readonly interval?: DurationInput;
  readonly timeout?: DurationInput;
  readonly retries?: number;
  readonly startPeriod?: DurationInput;
  readonly startInterval?: DurationInput;
}

export interface ResourceDefinition {
  /** In CPUs: 0.5 is half of one. */
  readonly cpus?: number;
  /** Bytes, or text such as `75M`. */
  readonly memory?: number | string;
}

export interface PortDefinition {
  readonly target: number;
  /** 0 or left out: chosen by the swarm. */
  readonly published?: number;
  /** Default `ingress`. */
  readonly mode?: PortConfig['publishMode'];
  /** Default `tcp`. */
  readonly protocol?: PortConfig['protocol'];
}

export interface ServiceDefinition {
  readonly name: string;
  readonly image: string;
  /** Default `replicated`. */
  readonly mode?: ServiceMode['kind'];
  /** Default 1. For a replicated job the completions wanted in all. */
  readonly replicas?: number;
  /** Replicated jobs only; default as many as `replicas`. */
  readonly maxConcurrent?: number;
  readonly labels?: Labels;
  readonly containerLabels?: Labels;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly string[];
  readonly healthcheck?: HealthcheckDefinition;
  readonly stopSignal?: string;
  /** Default 10 s; fractions of a second are cut off. */
  readonly stopGracePeriod?: DurationInput;
  readonly limits?: ResourceDefinition;
  readonly reservations?: ResourceDefinition;
  readonly restart?: RestartDefinition;
  readonly update?: UpdateDefinition;
  readonly rollback?: UpdateDefinition;
  readonly constraints?: readonly string[];
  /** Placement preferences: spread over these labels, such as `node.labels.zone`. */
  readonly spread?: readonly string[];
  /** Default 0: no limit. */
  readonly maxReplicasPerNode?: number;
  readonly ports?: readonly PortDefinition[];
  /** Default `vip`. */
  readonly endpointMode?: EndpointSpec['mode'];
  /** Names of networks; each must exist. */
  readonly networks?: readonly string[];
  /** Raise it to replace every task although nothing else has changed. */
  readonly forceUpdate?: number;
}

/** @throws DryswarmError for a duration or size that cannot be read. */
export function specOf(definition: ServiceDefinition): ServiceSpec {
  const { ports, endpointMode } = definition;
  return {
    name: definition.name,
    labels: definition.labels ?? {},
    task: taskSpecOf(definition),
    mode: modeOf(definition),
    ...(definition.update && { update: updateConfigOf(definition.update) }),
    ...(definition.rollback && { rollback: updateConfigOf(definition.rollback) }),
    ...((ports || endpointMode) && { endpoint: { mode: endpointMode ?? 'vip', ports: (ports ?? []).map(portOf) } }),
  };
}

function modeOf({ mode = 'replicated', replicas = 1, maxConcurrent = replicas }: ServiceDefinition): ServiceMode {
  switch (mode) {
    case 'replicated':
      return { kind: mode, replicas };
    case 'replicated-job':
      return { kind: mode, maxConcurrent, totalCompletions: replicas };
    default:
      return { kind: mode };
  }
}

function taskSpecOf(definition: ServiceDefinition): TaskSpec {
  const { limits, reservations, restart, constraints, spread, maxReplicasPerNode, networks } = definition;
  const isPlaced = constraints !== undefined || spread !== undefined || maxReplicasPerNode !== undefined;
  return {
    container: {
      image: definition.image,
      ...given('labels', definition.containerLabels),
      ...given('command', definition.command),
      ...given('args', definition.args),
      ...given('env', definition.env),
      ...given('stopSignal', definition.stopSignal),
      ...duration('stopGracePeriod', definition.stopGracePeriod),
      ...(definition.healthcheck && { healthcheck: healthConfigOf(definition.healthcheck) }),
    },
    ...((limits || reservations) && {
      resources: {
        ...(limits && { limits: amountOf(limits) }),
        ...(reservations && { reservations: amountOf(reservations) }),
      },
    }),
    ...(restart && {
      restart: {
        condition: restart.condition ?? 'any',
        maxAttempts: restart.maxAttempts ?? 0,
        ...duration('delay', restart.delay),
        ...duration('window', restart.window),
      },
    }),
    ...(isPlaced && {
      placement: {
        ...given('constraints', constraints),
        ...(spread && { preferences: spread.map((descriptor) => ({ spread: descriptor })) }),
        ...given('maxReplicas', maxReplicasPerNode),
      },
    }),
    ...(networks && { networks: networks.map((target) => ({ target })) }),
    forceUpdate: definition.forceUpdate ?? 0,
  };
}

function healthConfigOf({
  test,
  interval,
  timeout,
  retries,
  startPeriod,
  startInterval,
}: HealthcheckDefinition): HealthConfig {
  return {
    ...(test !== undefined && { test: typeof test === 'string' ? ['CMD-SHELL', test] : test }),
    ...duration('interval', interval),
    ...duration('timeout', timeout),
    ...given('retries', retries),
    ...duration('startPeriod', startPeriod),
    ...duration('startInterval', startInterval),
  };
}

function updateConfigOf(definition: UpdateDefinition): UpdateConfig {
  return {
    parallelism: definition.parallelism ?? 1,
    delay: durationOf(definition.delay ?? 0),
    failureAction: definition.failureAction ?? 'pause',
    ...duration('monitor', definition.monitor),
    maxFailureRatio: definition.maxFailureRatio ?? 0,
    order: definition.order ?? 'stop-first',
  };
}

function amountOf({ cpus, memory }: ResourceDefinition): { nanoCpus?: number; memoryBytes?: number } {
  return {
    ...(cpus !== undefined && { nanoCpus: Math.round(cpus * 1e9) }),
    ...(memory !== undefined && { memoryBytes: typeof memory === 'number' ? memory : parseBytes(memory) }),
  };
}

function portOf({ target, published = 0, mode = 'ingress', protocol = 'tcp' }: PortDefinition): PortConfig {
  return { protocol, targetPort: target, publishedPort: published, publishMode: mode };
}

function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

function duration<K extends string>(key: K, value: DurationInput | undefined): { [P in K]?: number } {
  return given(key, value === undefined ? undefined : durationOf(value));
}

/** The other way round, for a recipe to edit. What a definition cannot say is kept aside by `respecified`. */
export function definitionOf(spec: ServiceSpec): ServiceDefinition {
  const { task, mode, endpoint } = spec;
  const { container, resources, restart, placement } = task;
  return {
    name: spec.name,
    image: container.image,
    mode: mode.kind,
    ...(mode.kind === 'replicated' && { replicas: mode.replicas }),
    ...(mode.kind === 'replicated-job' && { replicas: mode.totalCompletions, maxConcurrent: mode.maxConcurrent }),
    labels: spec.labels,
    ...given('containerLabels', container.labels),
    ...given('command', container.command),
    ...given('args', container.args),
    ...given('env', container.env),
    ...given('stopSignal', container.stopSignal),
    ...text('stopGracePeriod', container.stopGracePeriod),
    ...(container.healthcheck && { healthcheck: healthcheckOf(container.healthcheck) }),
    ...(resources?.limits && { limits: resourcesOf(resources.limits) }),
    ...(resources?.reservations && { reservations: resourcesOf(resources.reservations) }),
    ...(restart && {
      restart: {
        condition: restart.condition,
        maxAttempts: restart.maxAttempts,
        ...text('delay', restart.delay),
        ...text('window', restart.window),
      },
    }),
    ...(spec.update && { update: updateOf(spec.update) }),
    ...(spec.rollback && { rollback: updateOf(spec.rollback) }),
    ...given('constraints', placement?.constraints),
    ...(placement?.preferences && { spread: placement.preferences.map(({ spread }) => spread) }),
    ...given('maxReplicasPerNode', placement?.maxReplicas),
    ...(endpoint && {
      endpointMode: endpoint.mode,
      ports: endpoint.ports.map((port) => ({
        target: port.targetPort,
        published: port.publishedPort,
        mode: port.publishMode,
        protocol: port.protocol,
      })),
    }),
    ...(task.networks && { networks: task.networks.map(({ target }) => target) }),
    forceUpdate: task.forceUpdate,
  };
}

function healthcheckOf(health: HealthConfig): HealthcheckDefinition {
  return {
    ...given('test', health.test),
    ...text('interval', health.interval),
    ...text('timeout', health.timeout),
    ...given('retries', health.retries),
    ...text('startPeriod', health.startPeriod),
    ...text('startInterval', health.startInterval),
  };
}

function updateOf({ monitor, delay, ...rest }: UpdateConfig): UpdateDefinition {
  return { ...rest, delay: formatDuration(delay), ...text('monitor', monitor) };
}

function resourcesOf({
  nanoCpus,
  memoryBytes,
}: {
  readonly nanoCpus?: number;
  readonly memoryBytes?: number;
}): ResourceDefinition {
  return { ...(nanoCpus !== undefined && { cpus: nanoCpus / 1e9 }), ...given('memory', memoryBytes) };
}

function text<K extends string>(key: K, value: number | undefined): { [P in K]?: string } {
  return given(key, value === undefined ? undefined : formatDuration(value));
}
