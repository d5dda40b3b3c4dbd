import type { Engine } from '../../api/index.ts';
import type { Fields } from './fields.ts';

/** A service as clients send it; `Networks` is where clients before 1.44 may have them. */
export interface ServiceBody extends Engine.ServiceSpec {
  readonly Networks?: readonly Engine.NetworkAttachmentConfig[] | null;
}

const driver: Fields<Engine.Driver> = { Name: 'text', Options: 'map' };

const file: Fields<Engine.FileTarget> = { Name: 'text', UID: 'text', GID: 'text', Mode: 'whole' };

const mount: Fields<Engine.Mount> = {
  Type: 'text',
  Source: 'text',
  Target: 'text',
  ReadOnly: 'flag',
  Consistency: 'text',
  BindOptions: {
    Propagation: 'text',
    NonRecursive: 'flag',
    CreateMountpoint: 'flag',
    ReadOnlyNonRecursive: 'flag',
    ReadOnlyForceRecursive: 'flag',
  },
  VolumeOptions: { NoCopy: 'flag', Labels: 'map', Subpath: 'text', DriverConfig: driver },
  ImageOptions: { Subpath: 'text' },
  TmpfsOptions: { SizeBytes: 'whole', Mode: 'whole', Options: 'any' },
  ClusterOptions: 'map',
};

const privileges: Fields<Engine.Privileges> = {
  CredentialSpec: { Config: 'text', File: 'text', Registry: 'text' },
  SELinuxContext: { Disable: 'flag', User: 'text', Role: 'text', Type: 'text', Level: 'text' },
  Seccomp: { Mode: 'text', Profile: 'text' },
  AppArmor: { Mode: 'text' },
  NoNewPrivileges: 'flag',
};

const container: Fields<Engine.ContainerSpec> = {
  Image: 'text',
  Labels: 'map',
  Command: 'texts',
  Args: 'texts',
  Hostname: 'text',
  Env: 'texts',
  Dir: 'text',
  User: 'text',
  Groups: 'texts',
  Privileges: privileges,
  Init: 'flag',
  StopSignal: 'text',
  TTY: 'flag',
  OpenStdin: 'flag',
  ReadOnly: 'flag',
  Mounts: [mount],
  StopGracePeriod: 'whole',
  Healthcheck: {
    Test: 'texts',
    Interval: 'whole',
    Timeout: 'whole',
    StartPeriod: 'whole',
    StartInterval: 'whole',
    Retries: 'whole',
  },
  Hosts: 'texts',
  DNSConfig: { Nameservers: 'texts', Search: 'texts', Options: 'texts' },
  Secrets: [{ File: file, SecretID: 'text', SecretName: 'text' }],
  Configs: [{ File: file, Runtime: 'map', ConfigID: 'text', ConfigName: 'text' }],
  Isolation: 'text',
  Sysctls: 'map',
  CapabilityAdd: 'texts',
  CapabilityDrop: 'texts',
  Ulimits: [{ Name: 'text', Hard: 'whole', Soft: 'whole' }],
  OomScoreAdj: 'whole',
};

const network: Fields<Engine.NetworkAttachmentConfig> = { Target: 'text', Aliases: 'texts', DriverOpts: 'map' };

const resources: Fields<Engine.ResourceRequirements> = {
  Limits: { NanoCPUs: 'whole', MemoryBytes: 'whole', Pids: 'whole' },
  Reservations: {
    NanoCPUs: 'whole',
    MemoryBytes: 'whole',
    GenericResources: [
      {
        NamedResourceSpec: { Kind: 'text', Value: 'text' },
        DiscreteResourceSpec: { Kind: 'text', Value: 'whole' },
      },
    ],
  },
};

const update: Fields<Engine.UpdateConfig> = {
  Parallelism: 'whole',
  Delay: 'whole',
  FailureAction: 'text',
  Monitor: 'whole',
  MaxFailureRatio: 'ratio',
  Order: 'text',
};

export const serviceBody: Fields<ServiceBody> = {
  Name: 'text',
  Labels: 'map',
  TaskTemplate: {
    ContainerSpec: container,
    PluginSpec: 'any',
    Resources: resources,
    RestartPolicy: { Condition: 'text', Delay: 'whole', MaxAttempts: 'whole', Window: 'whole' },
    Placement: {
      Constraints: 'texts',
      Preferences: [{ Spread: { SpreadDescriptor: 'text' } }],
      MaxReplicas: 'whole',
      Platforms: [{ Architecture: 'text', OS: 'text' }],
    },
    Networks: [network],
    LogDriver: driver,
    ForceUpdate: 'whole',
    Runtime: 'text',
  },
  Mode: {
    Replicated: { Replicas: 'whole' },
    Global: 'map',
    ReplicatedJob: { MaxConcurrent: 'whole', TotalCompletions: 'whole' },
    GlobalJob: 'map',
  },
  UpdateConfig: update,
  RollbackConfig: update,
  EndpointSpec: {
    Mode: 'text',
    Ports: [{ Name: 'text', Protocol: 'text', TargetPort: 'whole', PublishedPort: 'whole', PublishMode: 'text' }],
  },
  Networks: [network],
};
