/** `/_ping`, `/version` and `/info` (moby daemon/server/router/system, daemon/info.go). */
import { clusterInfoToEngine, type Engine, type Node, TaskState, toRfc3339 } from '../api/index.ts';
import { ENGINE_VERSION, type Swarm } from '../swarm/index.ts';
import { managerAddress, nodeAddress } from './addresses.ts';
import type { Answer, Call } from './call.ts';
import { controlOrRefusal, isInSwarm } from './control.ts';
import { fakeDigest } from './fake.ts';
import { Refusal } from './refusal.ts';
import { clusterOf } from './swarm.ts';
import { API_VERSION, MIN_API_VERSION } from './version.ts';

const BUILD = {
  GitCommit: '45873be',
  GoVersion: 'go1.24.3',
  BuildTime: '2025-05-30T12:07:26.000000000+00:00',
  KernelVersion: '6.8.0-60-generic',
  Os: 'linux',
  Arch: 'amd64',
};

const TWO_MANAGERS = `WARNING: Running Swarm in a two-manager configuration. This configuration provides
         no fault tolerance, and poses a high risk to lose control over the cluster.
         Refer to https://docs.docker.com/engine/swarm/admin_guide/ to configure the
         Swarm for fault-tolerance.`;

/** Asked with HEAD the same, but for the body. */
export function ping(call: Call): Answer {
  return {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-cache, no-store, must-revalidate',
      Pragma: 'no-cache',
      'Builder-Version': '2',
      Swarm: swarmState(call),
    },
    body: 'OK',
  };
}

export function version(): Answer {
  const { GitCommit, GoVersion, BuildTime, KernelVersion, Os, Arch } = BUILD;
  const Details = {
    ApiVersion: API_VERSION,
    Arch,
    BuildTime,
    Experimental: 'false',
    GitCommit,
    GoVersion,
    KernelVersion,
    MinAPIVersion: MIN_API_VERSION,
    Os,
  };
  return {
    body: {
      Platform: { Name: 'dryswarm' },
      Components: [{ Name: 'Engine', Version: ENGINE_VERSION, Details }],
      Version: ENGINE_VERSION,
      ApiVersion: API_VERSION,
      MinAPIVersion: MIN_API_VERSION,
      ...BUILD,
    },
  };
}

export function info(call: Call): Answer {
  const { swarm, nodeId, epoch } = call;
  const description = swarm.view.nodes.get(nodeId)?.description;
  const plugins = (type: string) => namesOf(description, type);
  const swarmInfo = swarmInfoOf(call);
  return {
    body: {
      ID: fakeDigest(`engine/${nodeId}`).slice('sha256:'.length, 43),
      ...containers(swarm, nodeId),
      ContainersPaused: 0,
      Driver: 'overlay2',
      DriverStatus: [],
      Plugins: { Volume: plugins('Volume'), Network: plugins('Network'), Authorization: null, Log: plugins('Log') },
      MemoryLimit: true,
      SwapLimit: true,
      CpuCfsPeriod: true,
      CpuCfsQuota: true,
      CPUShares: true,
      CPUSet: true,
      PidsLimit: true,
      IPv4Forwarding: true,
      SystemTime: toRfc3339(swarm.now, epoch),
      LoggingDriver: 'json-file',
      CgroupDriver: 'systemd',
      CgroupVersion: '2',
      KernelVersion: BUILD.KernelVersion,
      OperatingSystem: 'simulated',
      OSType: description?.platform?.os ?? 'linux',
      Architecture: description?.platform?.architecture ?? 'x86_64',
      NCPU: Math.floor((description?.resources?.nanoCpus ?? 0) / 1e9),
      MemTotal: description?.resources?.memoryBytes ?? 0,
      DockerRootDir: '/var/lib/docker',
      Name: description?.hostname ?? nodeId,
      Labels: Object.entries(description?.engine?.labels ?? {}).map(([key, value]) => `${key}=${value}`),
      ServerVersion: description?.engine?.version ?? ENGINE_VERSION,
      Runtimes: { runc: { path: 'runc' } },
      DefaultRuntime: 'runc',
      Swarm: swarmInfo,
      InitBinary: 'docker-init',
      Warnings: swarmInfo.Warnings ?? null,
    },
  };
}

function namesOf(description: Node['description'], type: string): string[] {
  return (description?.engine?.plugins ?? []).filter((plugin) => plugin.type === type).map(({ name }) => name);
}

function swarmState(call: Call): string {
  if (isLocked(call)) return 'locked';
  const node = isInSwarm(call) ? call.swarm.view.nodes.get(call.nodeId) : undefined;
  return node ? `active/${node.role}` : 'inactive';
}

function isLocked({ swarm, nodeId }: Call): boolean {
  return swarm.nodeAt(nodeId)?.lock !== undefined;
}

/** The containers that the tasks of the node are known to have, and their images. */
function containers(swarm: Swarm, nodeId: string): Readonly<Record<string, number>> {
  const tasks = swarm.view.tasks.all().filter((task) => task.nodeId === nodeId && task.status.container);
  const running = tasks.filter(({ status }) => status.state === TaskState.RUNNING).length;
  return {
    Containers: tasks.length,
    ContainersRunning: running,
    ContainersStopped: tasks.length - running,
    Images: new Set(tasks.map(({ spec }) => spec.container.image)).size,
  };
}

/** It never fails: what is wrong is said in its field. (moby daemon/cluster/swarm.go, Info) */
function swarmInfoOf(call: Call): Engine.SwarmInfo {
  const { swarm, nodeId } = call;
  if (!isInSwarm(call)) {
    const nothing = { NodeID: '', NodeAddr: '', ControlAvailable: false, Error: '', RemoteManagers: null };
    return { ...nothing, LocalNodeState: 'inactive' };
  }
  if (isLocked(call)) {
    const access = controlOrRefusal(call);
    const nothing = { NodeID: '', ControlAvailable: false, RemoteManagers: null };
    return {
      ...nothing,
      NodeAddr: nodeAddress(swarm, nodeId),
      LocalNodeState: 'locked',
      Error: access instanceof Refusal ? access.message : '',
    };
  }
  return {
    NodeID: nodeId,
    NodeAddr: nodeAddress(swarm, nodeId),
    LocalNodeState: 'active',
    ControlAvailable: false,
    Error: '',
    RemoteManagers: swarm.managers().map(({ id }) => ({ NodeID: id, Addr: managerAddress(swarm, id) })),
    ...managerInfo(call),
  };
}

function managerInfo(call: Call): Partial<Engine.SwarmInfo> {
  const access = controlOrRefusal(call);
  // Without a leader a manager is one all the same.
  if (access instanceof Refusal) return access.status === 503 ? {} : { ControlAvailable: true, Error: access.message };
  const { size: Managers } = access.managers;
  return {
    ControlAvailable: true,
    Nodes: access.view.nodes.size,
    Managers,
    Cluster: clusterInfoToEngine(clusterOf(access), call.epoch),
    ...(Managers === 2 && { Warnings: [TWO_MANAGERS] }),
  };
}
