import type { ContainerSpec, Driver, FileReference, HealthConfig, Mount } from '../objects.ts';
import { omitEmpty } from './omit.ts';
import type * as Engine from './types.ts';

/** (moby daemon/cluster/convert/container.go, containerSpecFromGRPC) */
export function containerToEngine(container: ContainerSpec): Engine.ContainerSpec {
  return {
    ...omitEmpty<Engine.ContainerSpec>({
      Image: container.image,
      Labels: container.labels,
      Command: container.command,
      Args: container.args,
      Hostname: container.hostname,
      Env: container.env,
      Dir: container.dir,
      User: container.user,
      Groups: container.groups,
      Privileges: container.privileges && privilegesToEngine(container.privileges),
      StopSignal: container.stopSignal,
      TTY: container.tty,
      OpenStdin: container.openStdin,
      ReadOnly: container.readOnly,
      Mounts: container.mounts?.map(mountToEngine),
      Healthcheck: container.healthcheck && healthToEngine(container.healthcheck),
      Hosts: container.hosts,
      DNSConfig: container.dns && dnsToEngine(container.dns),
      Secrets: container.secrets?.flatMap(secretReference),
      Configs: container.configs?.map(configReference),
      Isolation: container.isolation ?? 'default',
      Sysctls: container.sysctls,
      CapabilityAdd: container.capabilityAdd,
      CapabilityDrop: container.capabilityDrop,
      Ulimits: container.ulimits?.map(({ name, soft, hard }) => ({ Name: name, Hard: hard, Soft: soft })),
      OomScoreAdj: container.oomScoreAdj,
    }),
    ...(container.init !== undefined && { Init: container.init }),
    ...(container.stopGracePeriod !== undefined && { StopGracePeriod: container.stopGracePeriod }),
  };
}

export function driverToEngine({ name, options }: Driver): Engine.Driver {
  return omitEmpty<Engine.Driver>({ Name: name, Options: options });
}

function dnsToEngine(dns: NonNullable<ContainerSpec['dns']>): Engine.DNSConfig {
  return omitEmpty<Engine.DNSConfig>({ Nameservers: dns.nameservers, Search: dns.search, Options: dns.options });
}

function healthToEngine(health: HealthConfig): Engine.HealthConfig {
  return omitEmpty<Engine.HealthConfig>({
    Test: health.test,
    Interval: health.interval,
    Timeout: health.timeout,
    StartPeriod: health.startPeriod,
    StartInterval: health.startInterval,
    Retries: health.retries,
  });
}

function secretReference({ id, name, file }: FileReference): readonly Engine.SecretReference[] {
  return file ? [{ File: fileTarget(file), SecretID: id, SecretName: name }] : [];
}

/** A config without a file is one that the engine itself uses. */
function configReference({ id, name, file }: FileReference): Engine.ConfigReference {
  return { ...(file ? { File: fileTarget(file) } : { Runtime: {} }), ConfigID: id, ConfigName: name };
}

function fileTarget({ name, uid, gid, mode }: NonNullable<FileReference['file']>): Engine.FileTarget {
  return { Name: name, UID: uid, GID: gid, Mode: mode };
}

function mountToEngine(mount: Mount): Engine.Mount {
  const { bind, volume, tmpfs } = mount;
  return omitEmpty<Engine.Mount>({
    Type: mount.type,
    Source: mount.source,
    Target: mount.target,
    ReadOnly: mount.readOnly,
    BindOptions: bind && {
      Propagation: String(bind.propagation),
      ...(bind.nonRecursive === true && { NonRecursive: true }),
    },
    VolumeOptions:
      volume &&
      omitEmpty<NonNullable<Engine.Mount['VolumeOptions']>>({
        NoCopy: volume.noCopy,
        Labels: volume.labels,
        Subpath: volume.subpath,
        DriverConfig: volume.driver && driverToEngine(volume.driver),
      }),
    TmpfsOptions:
      tmpfs && omitEmpty<NonNullable<Engine.Mount['TmpfsOptions']>>({ SizeBytes: tmpfs.sizeBytes, Mode: tmpfs.mode }),
  });
}

function privilegesToEngine(privileges: NonNullable<ContainerSpec['privileges']>): Engine.Privileges {
  const credentials = privileges.credentialSpec as Readonly<Record<string, string>> | undefined;
  return {
    CredentialSpec: credentials
      ? { Config: credentials.config ?? '', File: credentials.file ?? '', Registry: credentials.registry ?? '' }
      : null,
    SELinuxContext: (privileges.seLinuxContext as Engine.Privileges['SELinuxContext']) ?? null,
    ...omitEmpty<Engine.Privileges>({
      Seccomp: privileges.seccomp as Engine.Privileges['Seccomp'],
      AppArmor: privileges.appArmor as Engine.Privileges['AppArmor'],
    }),
    NoNewPrivileges: privileges.noNewPrivileges === true,
  };
}
