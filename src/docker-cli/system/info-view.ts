import { formatBytes } from '../../api/index.ts';
import { compareText } from '../../base/index.ts';
import type { Info } from '../engine/info.ts';
import type { SwarmInfo } from '../engine/swarm-types.ts';
import { humanDuration } from '../text/age.ts';

const NANOS_PER_MS = 1e6;

/** `docker info` (docker/cli cli/command/system/info.go). Without an answer of the server its part is empty. */
export function renderInfo(
  client: { Version: string; Context: string; Debug: boolean },
  server: Info | undefined,
): { text: string; warnings: readonly string[] } {
  const lines = [
    'Client:',
    ` Version:    ${client.Version}`,
    ` Context:    ${client.Context}`,
    ` Debug Mode: ${client.Debug}`,
    '',
    'Server:',
    ...(server ? [...serverLines(server), ''] : []),
  ];
  return { text: lines.map((line) => `${line}\n`).join(''), warnings: server?.Warnings ?? [] };
}

function serverLines(info: Info): string[] {
  return [
    ` Containers: ${info.Containers}`,
    `  Running: ${info.ContainersRunning}`,
    `  Paused: ${info.ContainersPaused}`,
    `  Stopped: ${info.ContainersStopped}`,
    ` Images: ${info.Images}`,
    ...unlessEmpty(' Server Version:', info.ServerVersion),
    ...unlessEmpty(' Storage Driver:', info.Driver),
    ...pairLines('  ', info.DriverStatus),
    ...pairLines(' ', info.SystemStatus),
    ...unlessEmpty(' Logging Driver:', info.LoggingDriver),
    ...unlessEmpty(' Cgroup Driver:', info.CgroupDriver),
    ...unlessEmpty(' Cgroup Version:', info.CgroupVersion),
    ...pluginLines(info),
    ...list(' CDI spec directories:', info.CDISpecDirs),
    ` Swarm: ${info.Swarm.LocalNodeState}`,
    ...swarmLines(info.Swarm),
    ...runtimeLines(info),
    ...platformLines(info),
    ` CPUs: ${info.NCPU}`,
    ` Total Memory: ${formatBytes(info.MemTotal)}`,
    ...unlessEmpty(' Name:', info.Name),
    ...unlessEmpty(' ID:', info.ID),
    ` Docker Root Dir: ${info.DockerRootDir}`,
    ` Debug Mode: ${info.Debug}`,
    ...(info.Debug ? debugLines(info) : []),
    ...unlessEmpty(' HTTP Proxy:', info.HttpProxy),
    ...unlessEmpty(' HTTPS Proxy:', info.HttpsProxy),
    ...unlessEmpty(' No Proxy:', info.NoProxy),
    ...list(' Labels:', info.Labels),
    ` Experimental: ${info.ExperimentalBuild}`,
    ...registryLines(info),
    ` Live Restore Enabled: ${info.LiveRestoreEnabled}`,
    ...unlessEmpty(' Product License:', info.ProductLicense),
    ...list(
      ' Default Address Pools:',
      (info.DefaultAddressPools ?? []).map(({ Base, Size }) => ` Base: ${Base}, Size: ${Size}`),
    ),
  ];
}

function unlessEmpty(label: string, value: string): string[] {
  return value === '' ? [] : [`${label} ${value}`];
}

function list(title: string, items: readonly string[] | null, indent = '  '): string[] {
  return items === null || items.length === 0 ? [] : [title, ...items.map((item) => `${indent}${item}`)];
}

function pairLines(indent: string, pairs: readonly (readonly string[] | null)[] | null): string[] {
  return (pairs ?? []).map((pair) => `${indent}${pair?.[0]}: ${pair?.[1]}`);
}

function pluginLines({ Plugins }: Info): string[] {
  const names = (list: readonly string[] | null) => (list ?? []).join(' ');
  return [
    ' Plugins:',
    `  Volume: ${names(Plugins.Volume)}`,
    `  Network: ${names(Plugins.Network)}`,
    ...unlessEmpty('  Authorization:', names(Plugins.Authorization)),
    `  Log: ${names(Plugins.Log)}`,
  ];
}

function swarmLines(swarm: SwarmInfo): string[] {
  const { LocalNodeState, Cluster, RemoteManagers } = swarm;
  if (LocalNodeState === 'inactive' || LocalNodeState === 'locked') return [];
  const isWell = swarm.Error === '' && LocalNodeState !== 'error';
  return [
    `  NodeID: ${swarm.NodeID}`,
    ...unlessEmpty('  Error:', swarm.Error),
    `  Is Manager: ${swarm.ControlAvailable}`,
    ...(Cluster && swarm.ControlAvailable && isWell ? clusterLines(swarm, Cluster) : []),
    `  Node Address: ${swarm.NodeAddr}`,
    ...list('  Manager Addresses:', (RemoteManagers ?? []).map(({ Addr }) => Addr).sort(compareText), '   '),
  ];
}

function clusterLines(swarm: SwarmInfo, cluster: NonNullable<SwarmInfo['Cluster']>): string[] {
  const { Orchestration, Raft, Dispatcher, CAConfig, EncryptionConfig } = cluster.Spec;
  const pools = cluster.DefaultAddrPool;
  return [
    `  ClusterID: ${cluster.ID}`,
    `  Managers: ${swarm.Managers}`,
    `  Nodes: ${swarm.Nodes}`,
    ...(pools === null
      ? []
      : [
          `  Default Address Pool: ${pools.map((pool) => `${pool}  `).join('')}`,
          `  SubnetSize: ${cluster.SubnetSize}`,
        ]),
    ...(cluster.DataPathPort > 0 ? [`  Data Path Port: ${cluster.DataPathPort}`] : []),
    '  Orchestration:',
    `   Task History Retention Limit: ${Orchestration.TaskHistoryRetentionLimit ?? 0}`,
    '  Raft:',
    `   Snapshot Interval: ${Raft.SnapshotInterval}`,
    ...(Raft.KeepOldSnapshots === null ? [] : [`   Number of Old Snapshots to Retain: ${Raft.KeepOldSnapshots}`]),
    `   Heartbeat Tick: ${Raft.HeartbeatTick}`,
    `   Election Tick: ${Raft.ElectionTick}`,
    '  Dispatcher:',
    `   Heartbeat Period: ${humanDuration(Dispatcher.HeartbeatPeriod / NANOS_PER_MS)}`,
    '  CA Configuration:',
    `   Expiry Duration: ${humanDuration(CAConfig.NodeCertExpiry / NANOS_PER_MS)}`,
    `   Force Rotate: ${CAConfig.ForceRotate}`,
    ...certificateLines(CAConfig.SigningCACert.trim()),
    ...list(
      '   External CAs:',
      (CAConfig.ExternalCAs ?? []).map(({ Protocol, URL }) => `${Protocol}: ${URL}`),
      '     ',
    ),
    `  Autolock Managers: ${EncryptionConfig.AutoLockManagers}`,
    `  Root Rotation In Progress: ${cluster.RootRotationInProgress}`,
  ];
}

function certificateLines(certificate: string): string[] {
  return certificate === '' ? [] : ['   Signing CA Certificate: ', certificate, ''];
}

function runtimeLines({ Runtimes, DefaultRuntime }: Info): string[] {
  const names = Object.keys(Runtimes ?? {});
  return names.length === 0 ? [] : [` Runtimes: ${names.join(' ')}`, ` Default Runtime: ${DefaultRuntime}`];
}

function platformLines(info: Info): string[] {
  const linux = [
    ` Init Binary: ${info.InitBinary}`,
    ` containerd version: ${info.ContainerdCommit.ID}`,
    ` runc version: ${info.RuncCommit.ID}`,
    ` init version: ${info.InitCommit.ID}`,
    ...list(' Security Options:', (info.SecurityOptions ?? []).flatMap(securityLines)),
  ];
  return [
    ...(info.OSType === 'linux' ? linux : []),
    ...(info.OSType === 'windows' ? [` Default Isolation: ${info.Isolation}`] : []),
    ...unlessEmpty(' Kernel Version:', info.KernelVersion),
    ...unlessEmpty(' Operating System:', info.OperatingSystem),
    ...unlessEmpty(' OSType:', info.OSType),
    ...unlessEmpty(' Architecture:', info.Architecture),
  ];
}

/** `name=seccomp,profile=builtin`: only a profile is shown besides the name. */
function securityLines(option: string): string[] {
  const pairs = new Map(option.split(',').map((pair) => [pair.split('=', 1)[0]!, pair.slice(pair.indexOf('=') + 1)]));
  const profile = pairs.get('profile');
  return [pairs.get('name') ?? option, ...(profile === undefined ? [] : [` Profile: ${profile}`])];
}

function debugLines(info: Info): string[] {
  return [
    `  File Descriptors: ${info.NFd}`,
    `  Goroutines: ${info.NGoroutines}`,
    `  System Time: ${info.SystemTime}`,
    `  EventsListeners: ${info.NEventsListener}`,
  ];
}

function registryLines({ RegistryConfig }: Info): string[] {
  if (!RegistryConfig) return [];
  const indexes = Object.values(RegistryConfig.IndexConfigs ?? {});
  const insecure = indexes.filter(({ Secure }) => !Secure).map(({ Name }) => Name);
  const ranges = RegistryConfig.InsecureRegistryCIDRs ?? [];
  const title = indexes.length + ranges.length > 0 ? [' Insecure Registries:'] : [];
  return [
    ...title,
    ...[...insecure, ...ranges].map((name) => `  ${name}`),
    ...list(' Registry Mirrors:', RegistryConfig.Mirrors),
  ];
}
