/** A container of a service, as moby api/types has it (swarm, container and mount). */

import { bool, bytes, type Decoded, duration, map, number, omit, pointer, slice, struct, text } from '../go/type.ts';

export const mount = struct('mount.Mount', {
  Type: omit(text),
  Source: omit(text),
  Target: omit(text),
  ReadOnly: omit(bool),
  Consistency: omit(text),
  BindOptions: omit(
    pointer(
      struct('mount.BindOptions', {
        Propagation: omit(text),
        NonRecursive: omit(bool),
        CreateMountpoint: omit(bool),
        ReadOnlyNonRecursive: omit(bool),
        ReadOnlyForceRecursive: omit(bool),
      }),
    ),
  ),
  VolumeOptions: omit(
    pointer(
      struct('mount.VolumeOptions', {
        NoCopy: omit(bool),
        Labels: omit(map(text)),
        Subpath: omit(text),
        DriverConfig: omit(pointer(struct('mount.Driver', { Name: omit(text), Options: omit(map(text)) }))),
      }),
    ),
  ),
  ImageOptions: omit(pointer(struct('mount.ImageOptions', { Subpath: omit(text) }))),
  TmpfsOptions: omit(
    pointer(
      struct('mount.TmpfsOptions', { SizeBytes: omit(number), Mode: omit(number), Options: omit(slice(slice(text))) }),
    ),
  ),
  ClusterOptions: omit(pointer(struct('mount.ClusterOptions', {}))),
});
export type Mount = Decoded<typeof mount>;

const healthConfig = struct('container.HealthConfig', {
  Test: omit(slice(text)),
  Interval: omit(duration),
  Timeout: omit(duration),
  StartPeriod: omit(duration),
  StartInterval: omit(duration),
  Retries: omit(number),
});

const dnsConfig = struct('swarm.DNSConfig', {
  Nameservers: omit(slice(text)),
  Search: omit(slice(text)),
  Options: omit(slice(text)),
});

const fileTarget = { Name: text, UID: text, GID: text, Mode: number };

const secretReference = struct('swarm.SecretReference', {
  File: pointer(struct('swarm.SecretReferenceFileTarget', fileTarget)),
  SecretID: text,
  SecretName: text,
});
export type SecretReference = Decoded<typeof secretReference>;

const configReference = struct('swarm.ConfigReference', {
  File: omit(pointer(struct('swarm.ConfigReferenceFileTarget', fileTarget))),
  Runtime: omit(pointer(struct('swarm.ConfigReferenceRuntimeTarget', {}))),
  ConfigID: text,
  ConfigName: text,
});
export type ConfigReference = Decoded<typeof configReference>;

const credentialSpec = struct('swarm.CredentialSpec', { Config: text, File: text, Registry: text });
export type CredentialSpec = Decoded<typeof credentialSpec>;

const privileges = struct('swarm.Privileges', {
  CredentialSpec: pointer(credentialSpec),
  SELinuxContext: pointer(
    struct('swarm.SELinuxContext', { Disable: bool, User: text, Role: text, Type: text, Level: text }),
  ),
  Seccomp: omit(pointer(struct('swarm.SeccompOpts', { Mode: omit(text), Profile: omit(bytes) }))),
  AppArmor: omit(pointer(struct('swarm.AppArmorOpts', { Mode: omit(text) }))),
  NoNewPrivileges: bool,
});

const ulimit = struct('units.Ulimit', { Name: text, Hard: number, Soft: number });
export type Ulimit = Decoded<typeof ulimit>;

export const containerSpec = struct('swarm.ContainerSpec', {
  Image: omit(text),
  Labels: omit(map(text)),
  Command: omit(slice(text)),
  Args: omit(slice(text)),
  Hostname: omit(text),
  Env: omit(slice(text)),
  Dir: omit(text),
  User: omit(text),
  Groups: omit(slice(text)),
  Privileges: omit(pointer(privileges)),
  Init: omit(pointer(bool)),
  StopSignal: omit(text),
  TTY: omit(bool),
  OpenStdin: omit(bool),
  ReadOnly: omit(bool),
  Mounts: omit(slice(mount)),
  StopGracePeriod: omit(pointer(duration)),
  Healthcheck: omit(pointer(healthConfig)),
  Hosts: omit(slice(text)),
  DNSConfig: omit(pointer(dnsConfig)),
  Secrets: omit(slice(secretReference)),
  Configs: omit(slice(configReference)),
  Isolation: omit(text),
  Sysctls: omit(map(text)),
  CapabilityAdd: omit(slice(text)),
  CapabilityDrop: omit(slice(text)),
  Ulimits: omit(slice(ulimit)),
  OomScoreAdj: omit(number),
});
export type ContainerSpec = Decoded<typeof containerSpec>;
