import type { EngineClient } from '../client.ts';
import { any, bool, type Decoded, decode, map, number, omit, pointer, slice, struct, text } from '../go/type.ts';
import { swarmInfo } from './swarm-types.ts';
import { genericResource } from './task-types.ts';

const pairs = slice(slice(text));
const commit = struct('system.Commit', { ID: text });

/** What `GET /info` answers (moby api/types/system). */
export const info = struct(
  'system.Info',
  {
    ID: text,
    Containers: number,
    ContainersRunning: number,
    ContainersPaused: number,
    ContainersStopped: number,
    Images: number,
    Driver: text,
    DriverStatus: pairs,
    SystemStatus: omit(pairs),
    Plugins: struct('system.PluginsInfo', {
      Volume: slice(text),
      Network: slice(text),
      Authorization: slice(text),
      Log: slice(text),
    }),
    MemoryLimit: bool,
    SwapLimit: bool,
    CpuCfsPeriod: bool,
    CpuCfsQuota: bool,
    CPUShares: bool,
    CPUSet: bool,
    PidsLimit: bool,
    IPv4Forwarding: bool,
    Debug: bool,
    NFd: number,
    OomKillDisable: bool,
    NGoroutines: number,
    SystemTime: text,
    LoggingDriver: text,
    CgroupDriver: text,
    CgroupVersion: omit(text),
    NEventsListener: number,
    KernelVersion: text,
    OperatingSystem: text,
    OSVersion: text,
    OSType: text,
    Architecture: text,
    IndexServerAddress: text,
    RegistryConfig: pointer(
      struct('registry.ServiceConfig', {
        IndexConfigs: map(
          struct('registry.IndexInfo', { Name: text, Mirrors: slice(text), Secure: bool, Official: bool }),
        ),
        InsecureRegistryCIDRs: slice(text),
        Mirrors: slice(text),
      }),
    ),
    NCPU: number,
    MemTotal: number,
    GenericResources: slice(genericResource),
    DockerRootDir: text,
    HttpProxy: text,
    HttpsProxy: text,
    NoProxy: text,
    Name: text,
    Labels: slice(text),
    ExperimentalBuild: bool,
    ServerVersion: text,
    Runtimes: map(any),
    DefaultRuntime: text,
    Swarm: swarmInfo,
    LiveRestoreEnabled: bool,
    Isolation: text,
    InitBinary: text,
    ContainerdCommit: commit,
    RuncCommit: commit,
    InitCommit: commit,
    SecurityOptions: slice(text),
    ProductLicense: omit(text),
    DefaultAddressPools: omit(slice(struct('system.NetworkAddressPool', { Base: text, Size: number }))),
    CDISpecDirs: slice(text),
    Warnings: slice(text),
  },
  {
    goNames: {
      CpuCfsPeriod: 'CPUCfsPeriod',
      CpuCfsQuota: 'CPUCfsQuota',
      HttpProxy: 'HTTPProxy',
      HttpsProxy: 'HTTPSProxy',
    },
  },
);
export type Info = Decoded<typeof info>;

export function systemInfo(client: EngineClient): Info {
  return decode(info, client.get('/info'));
}
