import type { ContainerSpec, FileReference, HealthConfig, Mount } from '../objects.ts';
import { InvalidParameterError } from './invalid-parameter.ts';
import { nonEmptyMap, omitEmpty } from './omit.ts';
import type * as Engine from './types.ts';

/** (moby daemon/cluster/convert/container.go, containerToGRPC) */
export function containerFromEngine(container: Engine.ContainerSpec): ContainerSpec {
  const privileges = container.Privileges ? privilegesFromEngine(container.Privileges) : undefined;
  return {
    image: container.Image ?? '',
    ...omitEmpty<Omit<ContainerSpec, 'image'>>({
      labels: nonEmptyMap(container.Labels),
      command: container.Command,
      args: container.Args,
      hostname: container.Hostname,
      env: container.Env,
      dir: container.Dir,
      user: container.User,
      groups: container.Groups,
      tty: container.TTY,
      openStdin: container.OpenStdin,
      readOnly: container.ReadOnly,
      stopSignal: container.StopSignal,
      hosts: container.Hosts,
      dns: container.DNSConfig && dnsFromEngine(container.DNSConfig),
      secrets: container.Secrets?.map(secretReference),
      configs: container.Configs?.map(configReference),
      isolation: isolationFromEngine(container.Isolation),
      sysctls: nonEmptyMap(container.Sysctls),
      capabilityAdd: container.CapabilityAdd,
      capabilityDrop: container.CapabilityDrop,
      ulimits: container.Ulimits?.map(({ Name, Soft, Hard }) => ({ name: Name, soft: Soft ?? 0, hard: Hard ?? 0 })),
      oomScoreAdj: container.OomScoreAdj,
      privileges,
      mounts: container.Mounts?.map(mountFromEngine),
      healthcheck: container.Healthcheck && healthFromEngine(container.Healthcheck),
    }),
    // Of these an explicit 0 or false is kept apart from nothing.
    ...(typeof container.Init === 'boolean' && { init: container.Init }),
    ...(typeof container.StopGracePeriod === 'number' && { stopGracePeriod: container.StopGracePeriod }),
  };
}

function dnsFromEngine(dns: Engine.DNSConfig): NonNullable<ContainerSpec['dns']> {
  return omitEmpty({ nameservers: dns.Nameservers, search: dns.Search, options: dns.Options });
}

function healthFromEngine(health: Engine.HealthConfig): HealthConfig {
  return omitEmpty({
    test: health.Test,
    interval: health.Interval,
    timeout: health.Timeout,
    retries: health.Retries,
    startPeriod: health.StartPeriod,
    startInterval: health.StartInterval,
  });
}

function isolationFromEngine(isolation: string | undefined): string | undefined {
  const name = isolation?.toLowerCase();
  return name === 'hyperv' || name === 'process' ? name : undefined;
}

function secretReference({ SecretID, SecretName, File }: Engine.SecretReference): FileReference {
  return { id: SecretID, name: SecretName, ...(File && { file: fileTarget(File) }) };
}

function configReference({ ConfigID, ConfigName, File, Runtime }: Engine.ConfigReference): FileReference {
  if (!File && !Runtime) throw new InvalidParameterError('invalid Config: either File or Runtime should be set');
  if (File && Runtime) throw new InvalidParameterError('invalid Config: cannot specify both File and Runtime');
  return { id: ConfigID, name: ConfigName, ...(File && { file: fileTarget(File) }) };
}

function fileTarget({ Name, UID, GID, Mode }: Engine.FileTarget): NonNullable<FileReference['file']> {
  return { name: Name, uid: UID, gid: GID, mode: Mode };
}

const MOUNT_TYPES = ['bind', 'volume', 'tmpfs', 'npipe', 'cluster'] as const;
const PROPAGATIONS = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'];

function mountFromEngine(mount: Engine.Mount): Mount {
  // An absent type is the first of swarmkit's enumeration.
  const type = MOUNT_TYPES.find((name) => name === (mount.Type || 'bind').toLowerCase());
  if (!type) throw new InvalidParameterError(`invalid MountType: ${JSON.stringify(mount.Type)}`);
  const { VolumeOptions: volume, TmpfsOptions: tmpfs } = mount;
  return {
    type,
    target: mount.Target ?? '',
    ...omitEmpty<Omit<Mount, 'type' | 'target'>>({
      source: mount.Source,
      readOnly: mount.ReadOnly,
      bind: mount.BindOptions && bindFromEngine(mount.BindOptions),
      volume: volume && {
        ...omitEmpty<NonNullable<Mount['volume']>>({
          noCopy: volume.NoCopy,
          subpath: volume.Subpath,
          labels: nonEmptyMap(volume.Labels),
          driver: volume.DriverConfig && driverFromEngine(volume.DriverConfig),
        }),
      },
      tmpfs: tmpfs && omitEmpty<NonNullable<Mount['tmpfs']>>({ sizeBytes: tmpfs.SizeBytes, mode: tmpfs.Mode }),
    }),
  };
}

function bindFromEngine(options: NonNullable<Engine.Mount['BindOptions']>): Mount['bind'] {
  const propagation = (options.Propagation ?? '').toLowerCase();
  if (propagation !== '' && !PROPAGATIONS.includes(propagation)) {
    throw new InvalidParameterError(`invalid MountPropagation: ${JSON.stringify(options.Propagation)}`);
  }
  if (propagation === '' && !options.NonRecursive) return undefined;
  // swarmkit's own default takes the place of an absent propagation.
  return { propagation: propagation || 'rprivate', ...(options.NonRecursive && { nonRecursive: true }) };
}

export function driverFromEngine({ Name, Options }: Engine.Driver): { name: string; options?: Engine.StringMap } {
  const options = nonEmptyMap(Options);
  return { name: Name ?? '', ...(options && { options }) };
}

function privilegesFromEngine(privileges: Engine.Privileges): ContainerSpec['privileges'] {
  return {
    ...omitEmpty<Record<string, unknown>>({
      credentialSpec: privileges.CredentialSpec && credentialSpec(privileges.CredentialSpec),
      seLinuxContext: privileges.SELinuxContext,
      seccomp: privileges.Seccomp,
      appArmor: privileges.AppArmor,
    }),
    noNewPrivileges: privileges.NoNewPrivileges ?? false,
  };
}

function credentialSpec(
  spec: NonNullable<Engine.Privileges['CredentialSpec']>,
): Readonly<Record<string, string | undefined>> {
  const given = (['Config', 'File', 'Registry'] as const).filter((key) => spec[key]);
  const names = given.map((key) => `"${key.toLowerCase()}"`);
  const refuse = (problem: string): never => {
    throw new InvalidParameterError(`invalid CredentialSpec: ${problem}`);
  };
  if (names.length === 0) refuse('must either provide "file", "registry", or "config" for credential spec');
  if (names.length === 2) refuse(`cannot specify both ${names[0]} and ${names[1]} credential specs`);
  if (names.length > 2) {
    refuse(`cannot specify both ${names.slice(0, -1).join(', ')}, and ${names.at(-1)} credential specs`);
  }
  const [key] = given;
  return { [key!.toLowerCase()]: spec[key!] };
}
