import type { CommandContext } from '../command.ts';
import type { ContainerSpec, CredentialSpec, Mount, Ulimit } from '../engine/container-types.ts';
import type { ServiceMode, ServiceSpec } from '../engine/service-types.ts';
import type { GenericResource, PortConfig, TaskSpec } from '../engine/task-types.ts';
import { CommandFailure } from '../failure.ts';
import type { Flags } from '../flags/flag.ts';
import { changedCapabilities } from './capabilities.ts';
import type { TextUse } from './flag-types/reference.ts';
import { configReferences, secretReferences } from './references.ts';
import { mergeLogDriver, mergeRestartPolicy, mergeUpdateConfig, readGenericResources } from './spec-blocks.ts';
import {
  changedDns,
  changedHosts,
  changedMounts,
  changedNetworks,
  changedPairs,
  changedPorts,
  changedSorted,
  changedUlimits,
  changedVariables,
} from './update-lists.ts';

/** The spec with what the flags of `service update` change (docker/cli cli/command/service/update.go). */
export function updatedSpec(context: CommandContext, spec: ServiceSpec): ServiceSpec {
  const { flags } = context;
  const changed = {
    ...spec,
    Labels: changedPairs(spec.Labels, flags, 'label'),
    TaskTemplate: updatedTask(context, spec.TaskTemplate),
    Mode: updatedMode(spec.Mode, flags),
    UpdateConfig: mergeUpdateConfig(spec.UpdateConfig, flags, 'update'),
    RollbackConfig: mergeUpdateConfig(spec.RollbackConfig, flags, 'rollback'),
    EndpointSpec: updatedEndpoint(spec.EndpointSpec, flags),
  };
  // Secrets and configs are looked up last, when nothing else can be wrong any more.
  const { ContainerSpec } = changed.TaskTemplate;
  if (!ContainerSpec) return changed;
  const TaskTemplate = { ...changed.TaskTemplate, ContainerSpec: withReferences(context, ContainerSpec) };
  return { ...changed, TaskTemplate };
}

function updatedTask(context: CommandContext, task: TaskSpec): TaskSpec {
  const { flags } = context;
  const networks = changedNetworks(context, task.Networks);
  return {
    ...task,
    ContainerSpec: task.ContainerSpec && updatedContainer(task.ContainerSpec, flags),
    Resources: updatedResources(task.Resources, flags),
    RestartPolicy: mergeRestartPolicy(task.RestartPolicy, flags),
    Placement: updatedPlacement(task.Placement, flags),
    Networks: networks,
    LogDriver: mergeLogDriver(task.LogDriver, flags),
    ForceUpdate: task.ForceUpdate + (flags.bool('force') ? 1 : 0),
  };
}

function updatedContainer(spec: ContainerSpec, flags: Flags): ContainerSpec {
  const capabilities = flags.changed('cap-add', 'cap-drop')
    ? changedCapabilities(
        { add: spec.CapabilityAdd ?? [], drop: spec.CapabilityDrop ?? [] },
        flags.list('cap-add'),
        flags.list('cap-drop'),
      )
    : undefined;
  return {
    ...spec,
    Labels: changedPairs(spec.Labels, flags, 'container-label'),
    Image: flags.string('image', spec.Image),
    Args: flags.changed('args') ? [...flags.list('args')] : spec.Args,
    Command: flags.changed('entrypoint') ? [...flags.list('entrypoint')] : spec.Command,
    Env: changedVariables(spec.Env ?? [], flags),
    Dir: flags.string('workdir', spec.Dir),
    User: flags.string('user', spec.User),
    Hostname: flags.string('hostname', spec.Hostname),
    Init: flags.get<boolean>('init') ?? spec.Init,
    Isolation: flags.string('isolation', spec.Isolation),
    Mounts: changedMounts(spec.Mounts ?? [], flags.get<readonly Mount[]>('mount-add') ?? [], flags.list('mount-rm')),
    Sysctls: changedPairs(spec.Sysctls, flags, 'sysctl'),
    Ulimits: changedUlimits(
      spec.Ulimits ?? [],
      flags.get<readonly Ulimit[]>('ulimit-add') ?? [],
      flags.list('ulimit-rm'),
    ),
    OomScoreAdj: flags.number('oom-score-adj') ?? spec.OomScoreAdj,
    StopGracePeriod: flags.number('stop-grace-period') ?? spec.StopGracePeriod,
    Groups: changedSorted(spec.Groups, flags, 'group'),
    DNSConfig: changedDns(spec.DNSConfig, flags),
    Hosts: changedHosts(spec.Hosts, flags),
    Healthcheck: updatedHealth(spec.Healthcheck, flags),
    TTY: flags.bool('tty', spec.TTY),
    ReadOnly: flags.bool('read-only', spec.ReadOnly),
    StopSignal: flags.string('stop-signal', spec.StopSignal),
    ...(capabilities ? { CapabilityAdd: [...capabilities.add], CapabilityDrop: [...capabilities.drop] } : {}),
  };
}

function updatedHealth(existing: ContainerSpec['Healthcheck'], flags: Flags): ContainerSpec['Healthcheck'] {
  const settings = ['health-cmd', 'health-interval', 'health-retries', 'health-timeout', 'health-start-period'];
  if (!flags.changed('no-healthcheck', ...settings)) return existing;
  const none = { Test: null, Interval: 0, Timeout: 0, StartPeriod: 0, StartInterval: 0, Retries: 0 };
  if (flags.bool('no-healthcheck')) {
    if (flags.changed(...settings)) throw new CommandFailure('--no-healthcheck conflicts with --health-* options');
    return { ...none, Test: ['NONE'] };
  }
  const base = existing ?? none;
  const command = flags.get<string>('health-cmd');
  const kept = base.Test?.[0] === 'NONE' ? null : base.Test;
  return {
    ...base,
    Interval: flags.number('health-interval') ?? base.Interval,
    Timeout: flags.number('health-timeout') ?? base.Timeout,
    StartPeriod: flags.number('health-start-period') ?? base.StartPeriod,
    Retries: flags.number('health-retries') ?? base.Retries,
    Test: command === undefined ? kept : command === '' ? null : ['CMD-SHELL', command],
  };
}

function updatedResources(existing: TaskSpec['Resources'], flags: Flags): TaskSpec['Resources'] {
  const limits = ['limit-cpu', 'limit-memory', 'limit-pids'];
  const reservations = ['reserve-cpu', 'reserve-memory'];
  const generic = ['generic-resource-add', 'generic-resource-rm'];
  if (!flags.changed(...limits, ...reservations, ...generic)) return existing;
  const Limits = existing?.Limits ?? { NanoCPUs: 0, MemoryBytes: 0, Pids: 0 };
  const Reservations = existing?.Reservations ?? { NanoCPUs: 0, MemoryBytes: 0, GenericResources: null };
  // Either flag of a block fills in both blocks; generic resources alone leave limits that do not exist alone.
  const hasLimits = existing?.Limits || flags.changed(...limits, ...reservations);
  return {
    Limits: hasLimits
      ? {
          NanoCPUs: flags.number('limit-cpu') ?? Limits.NanoCPUs,
          MemoryBytes: flags.number('limit-memory') ?? Limits.MemoryBytes,
          Pids: flags.number('limit-pids') ?? Limits.Pids,
        }
      : null,
    Reservations: {
      NanoCPUs: flags.number('reserve-cpu') ?? Reservations.NanoCPUs,
      MemoryBytes: flags.number('reserve-memory') ?? Reservations.MemoryBytes,
      GenericResources: changedGenericResources(Reservations.GenericResources, flags),
    },
  };
}

function changedGenericResources(existing: GenericResource[] | null, flags: Flags): GenericResource[] | null {
  if (!flags.changed('generic-resource-add', 'generic-resource-rm')) return existing;
  const byKind = new Map<string, GenericResource>();
  for (const resource of [...(existing ?? []), ...readGenericResources(flags.list('generic-resource-add'))]) {
    if (!resource.DiscreteResourceSpec) throw new CommandFailure('invalid generic-resource for service task');
    byKind.set(resource.DiscreteResourceSpec.Kind, resource);
  }
  for (const kind of flags.list('generic-resource-rm')) {
    if (!byKind.delete(kind)) throw new CommandFailure(`could not find generic-resource \`${kind}\` to remove it`);
  }
  return [...byKind.values()];
}

function updatedPlacement(existing: TaskSpec['Placement'], flags: Flags): TaskSpec['Placement'] {
  const names = ['constraint-add', 'constraint-rm', 'placement-pref-add', 'placement-pref-rm', 'replicas-max-per-node'];
  if (!flags.changed(...names)) return existing;
  const base = existing ?? { Constraints: null, Preferences: null, MaxReplicas: 0, Platforms: null };
  const removed = flags.get<readonly string[]>('placement-pref-rm') ?? [];
  const added = flags.get<readonly string[]>('placement-pref-add') ?? [];
  return {
    ...base,
    Constraints: changedSorted(base.Constraints, flags, 'constraint'),
    Preferences: [
      ...(base.Preferences ?? []).filter(({ Spread }) => !Spread || !removed.includes(Spread.SpreadDescriptor)),
      ...added.map((SpreadDescriptor) => ({ Spread: { SpreadDescriptor } })),
    ],
    MaxReplicas: flags.number('replicas-max-per-node') ?? base.MaxReplicas,
  };
}

function updatedMode(mode: ServiceMode, flags: Flags): ServiceMode {
  if (!flags.changed('replicas')) return mode;
  if (!mode.Replicated) throw new CommandFailure('replicas can only be used with replicated mode');
  return { ...mode, Replicated: { Replicas: flags.number('replicas')! } };
}

function updatedEndpoint(existing: ServiceSpec['EndpointSpec'], flags: Flags): ServiceSpec['EndpointSpec'] {
  if (!flags.changed('endpoint-mode', 'publish-add', 'publish-rm')) return existing;
  const base = existing ?? { Mode: '', Ports: null };
  return {
    Mode: flags.string('endpoint-mode', base.Mode),
    Ports: flags.changed('publish-add', 'publish-rm')
      ? changedPorts(
          base.Ports ?? [],
          flags.get<readonly PortConfig[]>('publish-add') ?? [],
          flags.get<readonly PortConfig[]>('publish-rm') ?? [],
        )
      : base.Ports,
  };
}

/** Secrets, configs, and the credential spec that may be a config that only the engine reads. */
function withReferences({ client, flags }: CommandContext, spec: ContainerSpec): ContainerSpec {
  const credential = flags.get<CredentialSpec>('credential-spec');
  const removedSecrets = flags.list('secret-rm');
  const Secrets = [
    ...(spec.Secrets ?? []).filter(({ SecretName }) => !removedSecrets.includes(SecretName)),
    ...secretReferences(client, flags.get<readonly TextUse[]>('secret-add') ?? []),
  ];
  const usedId = credential ? undefined : spec.Privileges?.CredentialSpec?.Config;
  const removedConfigs = flags.list('config-rm');
  const kept = (spec.Configs ?? []).filter(({ Runtime, ConfigName, ConfigID }) =>
    Runtime ? ConfigName === credential?.Config || ConfigID === usedId : !removedConfigs.includes(ConfigName),
  );
  const added = flags.get<readonly TextUse[]>('config-add') ?? [];
  const Configs = [...kept, ...configReferences(client, added, credential?.Config)];
  return { ...spec, Secrets, Configs, Privileges: updatedPrivileges(spec.Privileges, credential, Configs) };
}

function updatedPrivileges(
  existing: ContainerSpec['Privileges'],
  credential: CredentialSpec | undefined,
  configs: NonNullable<ContainerSpec['Configs']>,
): ContainerSpec['Privileges'] {
  if (!credential) return existing;
  const isEmpty = Object.values(credential).every((value) => value === '');
  if (isEmpty) return existing && { ...existing, CredentialSpec: null };
  const base = existing ?? { SELinuxContext: null, Seccomp: null, AppArmor: null, NoNewPrivileges: false };
  const config = configs.find(({ ConfigName }) => credential.Config !== '' && ConfigName === credential.Config);
  return { ...base, CredentialSpec: { ...credential, Config: config?.ConfigID ?? credential.Config } };
}
