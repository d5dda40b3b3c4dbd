/** What the control API checks in a service specification, in swarmkit's words (manager/controlapi/service.go). */
import type {
  EndpointSpec,
  HealthConfig,
  ResourceRequirements,
  ServiceSpec,
  TaskSpec,
  UpdateConfig,
} from '../../api/index.ts';
import { ApiError } from '../../base/index.ts';
import { parseConstraints } from '../constraint/index.ts';

const MEBIBYTE = 1024 * 1024;
const MINIMUM_NANO_CPUS = 1e6;
const MINIMUM_HEALTH_DURATION = 1e6;
const DNS_NAME = /^[a-zA-Z0-9]+(?:[-_][a-zA-Z0-9]+)*$/;
const IMAGE =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$/;

/** @throws ApiError for the first thing that is wrong. */
export function validateServiceSpec(spec: ServiceSpec): void {
  validateName(spec.name);
  validateTaskSpec(spec.task);
  validateMode(spec);
  if (spec.mode.kind === 'replicated-job' || spec.mode.kind === 'global-job') {
    if (spec.update) refuse('Jobs may not have an update config');
  } else validateUpdateConfig(spec.update);
  validateEndpoint(spec.endpoint);
}

export function refuse(message: string): never {
  throw new ApiError('InvalidArgument', message);
}

function validateName(name: string): void {
  if (name === '') refuse('meta: name must be provided');
  if (!DNS_NAME.test(name)) refuse('name must be valid as a DNS name component');
  if (name.length > 63) refuse('name must be 63 characters or fewer');
}

function validateTaskSpec(spec: TaskSpec): void {
  validateResources(spec.resources);
  if ((spec.restart?.delay ?? 0) < 0) refuse('TaskSpec: restart-delay cannot be negative');
  if ((spec.restart?.window ?? 0) < 0) refuse('TaskSpec: restart-window cannot be negative');
  parseConstraints(spec.placement?.constraints ?? []);
  validateReferences('secret', spec.container.secrets);
  validateReferences('config', spec.container.configs);
  const { image, mounts, healthcheck } = spec.container;
  if (image === '') refuse('ContainerSpec: image reference must be provided');
  if (!IMAGE.test(image)) refuse(`ContainerSpec: "${image}" is not a valid repository/tag`);
  const targets = new Set<string>();
  for (const { target } of mounts ?? []) {
    if (targets.has(target)) refuse(`ContainerSpec: duplicate mount point: ${target}`);
    targets.add(target);
  }
  validateHealthcheck(healthcheck);
}

function validateResources(resources: ResourceRequirements | undefined): void {
  for (const amount of [resources?.limits, resources?.reservations]) {
    const cpus = amount?.nanoCpus ?? 0;
    const memory = amount?.memoryBytes ?? 0;
    if (cpus !== 0 && cpus < MINIMUM_NANO_CPUS) refuse(`invalid cpu value ${cpus / 1e9}: Must be at least 0.001`);
    if (memory !== 0 && memory < 4 * MEBIBYTE) refuse(`invalid memory value ${memory}: Must be at least 4MiB`);
  }
}

function validateReferences(kind: 'secret' | 'config', references: TaskSpec['container']['secrets']): void {
  const targets = new Map<string, string>();
  for (const { id, name, file } of references ?? []) {
    if (id === '' || name === '') refuse(`malformed ${kind} reference`);
    if (!file) continue;
    if (file.name === '') refuse(`malformed file ${kind} reference, invalid target file name provided`);
    const other = targets.get(file.name);
    if (other !== undefined)
      refuse(`${kind} references '${other}' and '${name}' have a conflicting target: '${file.name}'`);
    targets.set(file.name, name);
  }
}

function validateHealthcheck(health: HealthConfig | undefined): void {
  if (!health) return;
  const durations = [
    ['Interval', health.interval],
    ['Timeout', health.timeout],
    ['StartPeriod', health.startPeriod],
    ['StartInterval', health.startInterval],
  ] as const;
  for (const [name, value] of durations) {
    if (value !== undefined && value !== 0 && value < MINIMUM_HEALTH_DURATION) {
      refuse(`ContainerSpec: ${name} in HealthConfig cannot be less than 1ms`);
    }
  }
  if ((health.retries ?? 0) < 0) refuse('ContainerSpec: Retries in HealthConfig cannot be negative');
}

/** The rollback config is not checked, as in Swarm. */
function validateUpdateConfig(config: UpdateConfig | undefined): void {
  if (!config) return;
  if (config.delay < 0) refuse('TaskSpec: update-delay cannot be negative');
  if ((config.monitor ?? 0) < 0) refuse('TaskSpec: update-monitor cannot be negative');
  if (config.maxFailureRatio < 0 || config.maxFailureRatio > 1) {
    refuse('TaskSpec: update-maxfailureratio cannot be less than 0 or bigger than 1');
  }
}

function validateEndpoint(endpoint: EndpointSpec | undefined): void {
  const published = new Set<string>();
  for (const port of endpoint?.ports ?? []) {
    if (endpoint?.mode === 'dnsrr' && port.publishMode === 'ingress') {
      refuse("EndpointSpec: port published with ingress mode can't be used with dnsrr mode");
    }
    if (port.publishedPort === 0) continue;
    const key = `${port.publishedPort}/${port.protocol}`;
    if (published.has(key)) refuse('EndpointSpec: duplicate published ports provided');
    published.add(key);
  }
}

function validateMode({ mode }: ServiceSpec): void {
  if (mode.kind === 'replicated' && mode.replicas < 0) refuse('Number of replicas must be non-negative');
  if (mode.kind !== 'replicated-job') return;
  if (mode.maxConcurrent < 0) refuse('Maximum concurrent jobs must not be negative');
  if (mode.totalCompletions < 0) refuse('Total completed jobs must not be negative');
}
