import { compareText } from '../../base/index.ts';
import type { CommandContext } from '../command.ts';
import {
  type ContainerSpec,
  type CredentialSpec,
  containerSpec,
  type Mount,
  type Ulimit,
} from '../engine/container-types.ts';
import { inspectNetwork } from '../engine/objects.ts';
import { type ServiceMode, type ServiceSpec, serviceSpec } from '../engine/service-types.ts';
import type { NetworkAttachment, PortConfig, TaskSpec } from '../engine/task-types.ts';
import { CommandFailure } from '../failure.ts';
import type { Flags } from '../flags/flag.ts';
import { keyValues } from '../flags/types.ts';
import { zeroOf } from '../go/type.ts';
import { newCapabilities } from './capabilities.ts';
import { readVariables } from './environment.ts';
import { mergeLogDriver, mergeRestartPolicy, mergeUpdateConfig, readGenericResources } from './spec-blocks.ts';

/** The spec that the flags of `service create` ask for (docker/cli cli/command/service/opts.go, ToService). */
export function specFromFlags(context: CommandContext): ServiceSpec {
  const { flags } = context;
  const variables = readVariables(context);
  const health = healthFromFlags(flags);
  const mode = modeFromFlags(flags);
  const update = mergeUpdateConfig(null, flags, 'update');
  const rollback = mergeUpdateConfig(null, flags, 'rollback');
  if ((mode.ReplicatedJob || mode.GlobalJob) && (update || rollback)) {
    throw new CommandFailure('update and rollback configuration is not supported for jobs');
  }
  return {
    ...zeroOf(serviceSpec),
    Name: flags.string('name'),
    Labels: keyValues(flags.list('label')),
    TaskTemplate: taskFromFlags(context, { ...containerFromFlags(context), Env: variables, Healthcheck: health }),
    Mode: mode,
    UpdateConfig: update,
    RollbackConfig: rollback,
    EndpointSpec: {
      Mode: flags.string('endpoint-mode', 'vip').toLowerCase(),
      Ports: [...(flags.get<readonly PortConfig[]>('publish') ?? [])],
    },
  };
}

function taskFromFlags(context: CommandContext, container: ContainerSpec): TaskSpec {
  const { flags } = context;
  const spreads = flags.get<readonly string[]>('placement-pref') ?? [];
  return {
    ...zeroOf(serviceSpec).TaskTemplate,
    Networks: networksFromFlags(context),
    ContainerSpec: container,
    Resources: resourcesFromFlags(flags),
    RestartPolicy: mergeRestartPolicy(null, flags),
    Placement: {
      Constraints: [...flags.list('constraint')],
      Preferences: spreads.map((SpreadDescriptor) => ({ Spread: { SpreadDescriptor } })),
      MaxReplicas: flags.number('replicas-max-per-node') ?? 0,
      Platforms: null,
    },
    LogDriver: mergeLogDriver(null, flags),
  };
}

function containerFromFlags({ flags, args }: CommandContext): ContainerSpec {
  const capabilities = newCapabilities(flags.list('cap-add'), flags.list('cap-drop'));
  const credential = flags.get<CredentialSpec>('credential-spec');
  const isSet = credential && Object.values(credential).some((value) => value !== '');
  return {
    ...zeroOf(containerSpec),
    Image: args[0]!,
    Args: args.slice(1),
    Command: [...flags.list('entrypoint')],
    Hostname: flags.string('hostname'),
    Labels: keyValues(flags.list('container-label')),
    Dir: flags.string('workdir'),
    User: flags.string('user'),
    Groups: [...flags.list('group')],
    Privileges: isSet
      ? {
          CredentialSpec: { ...credential },
          SELinuxContext: null,
          Seccomp: null,
          AppArmor: null,
          NoNewPrivileges: false,
        }
      : null,
    Init: flags.bool('init'),
    StopSignal: flags.string('stop-signal'),
    TTY: flags.bool('tty'),
    ReadOnly: flags.bool('read-only'),
    Mounts: [...(flags.get<readonly Mount[]>('mount') ?? [])],
    StopGracePeriod: flags.number('stop-grace-period') ?? null,
    DNSConfig: {
      Nameservers: [...flags.list('dns')],
      Search: [...flags.list('dns-search')],
      Options: [...flags.list('dns-option')],
    },
    Hosts: hostLines(flags.list('host')),
    Isolation: flags.string('isolation'),
    Sysctls: keyValues(flags.list('sysctl')),
    CapabilityAdd: [...capabilities.add],
    CapabilityDrop: [...capabilities.drop],
    Ulimits: [...(flags.get<readonly Ulimit[]>('ulimit') ?? [])],
    OomScoreAdj: flags.number('oom-score-adj') ?? 0,
  };
}

/** `name:address` as swarmkit keeps it: `address name`. */
export function hostLines(hosts: readonly string[]): string[] {
  return hosts.map((host) => {
    const at = host.indexOf(':');
    return `${host.slice(at + 1)} ${host.slice(0, at)}`;
  });
}

function resourcesFromFlags(flags: Flags): TaskSpec['Resources'] {
  return {
    Limits: {
      NanoCPUs: flags.number('limit-cpu') ?? 0,
      MemoryBytes: flags.number('limit-memory') ?? 0,
      Pids: flags.number('limit-pids') ?? 0,
    },
    Reservations: {
      NanoCPUs: flags.number('reserve-cpu') ?? 0,
      MemoryBytes: flags.number('reserve-memory') ?? 0,
      GenericResources: readGenericResources(flags.list('generic-resource')),
    },
  };
}

/** By the IDs that the names stand for. */
function networksFromFlags({ client, flags }: CommandContext): NetworkAttachment[] {
  return (flags.get<readonly NetworkAttachment[]>('network') ?? [])
    .map((network) => ({ ...network, Target: inspectNetwork(client, network.Target, 'swarm').Id }))
    .sort((a, b) => compareText(a.Target, b.Target));
}

function healthFromFlags(flags: Flags): ContainerSpec['Healthcheck'] {
  const none = { Interval: 0, Timeout: 0, StartPeriod: 0, StartInterval: 0, Retries: 0 };
  const command = flags.string('health-cmd');
  const retries = flags.number('health-retries') ?? 0;
  const isSet =
    command !== '' ||
    retries !== 0 ||
    flags.changed('health-interval', 'health-timeout', 'health-start-period', 'health-start-interval');
  if (flags.bool('no-healthcheck')) {
    if (isSet) throw new CommandFailure('--no-healthcheck conflicts with --health-* options');
    return { Test: ['NONE'], ...none };
  }
  if (!isSet) return null;
  return {
    Test: command === '' ? null : ['CMD-SHELL', command],
    Interval: flags.number('health-interval') ?? 0,
    Timeout: flags.number('health-timeout') ?? 0,
    StartPeriod: flags.number('health-start-period') ?? 0,
    StartInterval: flags.number('health-start-interval') ?? 0,
    Retries: retries,
  };
}

function modeFromFlags(flags: Flags): ServiceMode {
  const mode = flags.string('mode', 'replicated');
  const replicas = flags.number('replicas');
  const refuse = (isGiven: boolean, name: string, where: string) => {
    if (isGiven) throw new CommandFailure(`${name} can only be used with ${where} mode`);
  };
  const refuseCounts = (): void => {
    refuse(replicas !== undefined, 'replicas', 'replicated or replicated-job');
    refuse((flags.number('replicas-max-per-node') ?? 0) > 0, 'replicas-max-per-node', 'replicated or replicated-job');
  };
  const refuseConcurrency = (): void => refuse(flags.changed('max-concurrent'), 'max-concurrent', 'replicated-job');
  const none: ServiceMode = { Replicated: null, Global: null, ReplicatedJob: null, GlobalJob: null };
  switch (mode) {
    case 'replicated':
      refuseConcurrency();
      return { ...none, Replicated: { Replicas: replicas ?? null } };
    case 'global':
      refuseCounts();
      refuseConcurrency();
      return { ...none, Global: {} };
    case 'replicated-job': {
      const MaxConcurrent = flags.number('max-concurrent') ?? replicas ?? null;
      return { ...none, ReplicatedJob: { MaxConcurrent, TotalCompletions: replicas ?? null } };
    }
    case 'global-job':
      refuseCounts();
      refuseConcurrency();
      return { ...none, GlobalJob: {} };
    default:
      throw new CommandFailure(`Unknown mode: ${mode}, only replicated and global supported`);
  }
}
