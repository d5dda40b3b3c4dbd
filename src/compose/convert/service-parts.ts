/** The parts of a service that are converted without looking at the rest of the stack. (cli/compose/convert/service.go) */
import type { Engine } from '../../api/index.ts';
import { compareNumber, compareText } from '../../base/index.ts';
import type {
  DeployConfig,
  HealthCheckConfig,
  PortConfig,
  ServiceConfig,
  UlimitConfig,
  UpdateConfigConfig,
} from '../model/config.ts';
import { nanoCpusOf } from './cpus.ts';
import { ConvertProblem } from './problem.ts';

export function convertMode({ mode = '', replicas }: DeployConfig): Engine.ServiceMode {
  if (mode === 'global' || mode === 'global-job') {
    if (replicas !== undefined) {
      const message = 'replicas can only be used with replicated or replicated-job mode';
      throw new ConvertProblem(message, ['deploy', 'replicas']);
    }
    return mode === 'global' ? { Global: {} } : { GlobalJob: {} };
  }
  if (mode === 'replicated-job') {
    return { ReplicatedJob: replicas === undefined ? {} : { MaxConcurrent: replicas, TotalCompletions: replicas } };
  }
  if (mode !== '' && mode !== 'replicated') throw new ConvertProblem(`Unknown mode: ${mode}`, ['deploy', 'mode']);
  return { Replicated: replicas === undefined ? {} : { Replicas: replicas } };
}

/** A zero delay or monitor is not sent, so the engine cannot tell it from nothing. */
export function convertUpdateConfig(config: UpdateConfigConfig | undefined): Engine.UpdateConfig | undefined {
  if (!config) return undefined;
  return {
    Parallelism: config.parallelism ?? 1,
    ...(config.delay && { Delay: config.delay }),
    ...(config.failure_action && { FailureAction: config.failure_action }),
    ...(config.monitor && { Monitor: config.monitor }),
    MaxFailureRatio: config.max_failure_ratio ?? 0,
    Order: config.order ?? '',
  };
}

export function convertResources({
  limits,
  reservations,
}: NonNullable<DeployConfig['resources']>): Engine.ResourceRequirements {
  const at = ['deploy', 'resources'];
  const amounts = (part: { readonly cpus?: string; readonly memory?: number }, path: readonly string[]) => {
    const nanoCpus = part.cpus ? nanoCpusOf(part.cpus, [...path, 'cpus']) : 0;
    return { ...(nanoCpus && { NanoCPUs: nanoCpus }), ...(part.memory && { MemoryBytes: part.memory }) };
  };
  const generic = (reservations?.generic_resources ?? []).map(({ discrete_resource_spec: discrete }) =>
    discrete
      ? {
          DiscreteResourceSpec: {
            ...(discrete.kind && { Kind: discrete.kind }),
            ...(discrete.value && { Value: discrete.value }),
          },
        }
      : {},
  );
  return {
    ...(limits && { Limits: { ...amounts(limits, [...at, 'limits']), ...(limits.pids && { Pids: limits.pids }) } }),
    ...(reservations && {
      Reservations: {
        ...amounts(reservations, [...at, 'reservations']),
        ...(generic.length > 0 && { GenericResources: generic }),
      },
    }),
  };
}

/** `restart` counts only if there is no `deploy.restart_policy`. */
export function convertRestartPolicy(service: ServiceConfig): Engine.RestartPolicy | undefined {
  const policy = service.deploy?.restart_policy;
  if (policy) {
    return {
      ...(policy.condition && { Condition: policy.condition }),
      ...(policy.delay !== undefined && { Delay: policy.delay }),
      ...(policy.max_attempts !== undefined && { MaxAttempts: policy.max_attempts }),
      ...(policy.window !== undefined && { Window: policy.window }),
    };
  }
  const restart = service.restart ?? '';
  if (restart === '') return undefined;
  const [name = '', ...rest] = restart.split(':');
  const count = rest.join(':');
  const invalid = (problem: string): ConvertProblem =>
    new ConvertProblem(`invalid restart policy format: ${problem}`, ['restart']);
  if (name === '') throw invalid('no policy provided before colon');
  if (count !== '' && !/^[-+]?\d+$/.test(count)) throw invalid('maximum retry count must be an integer');
  switch (name) {
    case 'no':
      return undefined;
    case 'always':
    case 'unless-stopped':
      return { Condition: 'any' };
    case 'on-failure':
      return { Condition: 'on-failure', MaxAttempts: Number(count || 0) };
    default:
      throw new ConvertProblem(`unknown restart policy: ${restart}`, ['restart']);
  }
}

export function convertHealthCheck(check: HealthCheckConfig | undefined): Engine.HealthConfig | undefined {
  if (!check) return undefined;
  const test = check.test ?? [];
  if (check.disable) {
    if (test.length === 0) return { Test: ['NONE'] };
    throw new ConvertProblem("test and disable can't be set at the same time", ['healthcheck', 'disable']);
  }
  return {
    ...(test.length > 0 && { Test: test }),
    ...(check.interval && { Interval: check.interval }),
    ...(check.timeout && { Timeout: check.timeout }),
    ...(check.start_period && { StartPeriod: check.start_period }),
    ...(check.start_interval && { StartInterval: check.start_interval }),
    ...(check.retries && { Retries: check.retries }),
  };
}

export function convertEndpoint(mode: string | undefined, ports: readonly PortConfig[]): Engine.EndpointSpec {
  const converted = ports.map(
    (port): Engine.PortConfig => ({
      ...(port.protocol && { Protocol: port.protocol }),
      ...(port.target && { TargetPort: port.target }),
      ...(port.published && { PublishedPort: port.published }),
      ...(port.mode && { PublishMode: port.mode }),
    }),
  );
  converted.sort((a, b) => compareNumber(a.PublishedPort ?? 0, b.PublishedPort ?? 0));
  return { ...(mode && { Mode: mode.toLowerCase() }), ...(converted.length > 0 && { Ports: converted }) };
}

export function convertEnvironment(environment: NonNullable<ServiceConfig['environment']>): readonly string[] {
  return Object.entries(environment)
    .map(([name, value]) => (value === null ? name : `${name}=${value}`))
    .sort(compareText);
}

export function convertHosts(hosts: readonly string[]): readonly string[] {
  return hosts.map((host) => {
    const colon = host.indexOf(':');
    return `${host.slice(colon + 1)} ${host.slice(0, colon)}`;
  });
}

export function convertUlimits(ulimits: Readonly<Record<string, UlimitConfig>>): readonly Engine.Ulimit[] {
  return Object.entries(ulimits)
    .map(([name, { single, soft = 0, hard = 0 }]) => ({ Name: name, Hard: single || hard, Soft: single || soft }))
    .sort((a, b) => compareText(a.Name, b.Name));
}
