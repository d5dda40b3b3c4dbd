/**
 * Cluster (CSI) volumes and who uses them (swarmkit manager/scheduler/volumes.go). Nodes report no CSI topology here,
 * and swarmkit takes a node without one to reach every volume.
 */
import type { Mount, Task, TaskSpec, Volume } from '../../api/index.ts';

/** By volume id, in the order in which the volumes became known. */
export type VolumeSet = Map<string, VolumeInfo>;

export type VolumeAttachment = NonNullable<Task['volumes']>[number];

export type VolumeChoice = { readonly attachments: readonly VolumeAttachment[] } | { readonly missing: string };

interface VolumeInfo {
  /**
   * As it was when it became known. swarmkit keeps to that version too: its update goes to a copy (addOrUpdateVolume),
   * so that a volume drained since still passes the filter, and is refused only when the decision is written.
   */
  readonly volume: Volume;
  /** By task id. */
  readonly usages: Map<string, { readonly nodeId: string; readonly readOnly: boolean }>;
}

export function copyVolumeSet(volumes: VolumeSet): VolumeSet {
  return new Map([...volumes].map(([id, info]) => [id, { ...info, usages: new Map(info.usages) }]));
}

export function addVolume(volumes: VolumeSet, volume: Volume): void {
  if (!volumes.has(volume.id)) volumes.set(volume.id, { volume, usages: new Map() });
}

/** The id of a volume that fits the mount on that node: `group:NAME` takes the first of a group, else the name decides. */
export function findVolume(volumes: VolumeSet, mount: Mount, nodeId: string): string | undefined {
  const source = mount.source ?? '';
  const group = source.startsWith(GROUP_PREFIX) ? source.slice(GROUP_PREFIX.length) : undefined;
  for (const [id, info] of volumes) {
    const isMeant = group === undefined ? info.volume.name === source : info.volume.group === group;
    if (isMeant && isUsable(info, nodeId, mount.readOnly ?? false)) return id;
  }
  return undefined;
}

/** What a task mounts of cluster volumes. */
export function clusterMounts({ container }: TaskSpec): readonly Mount[] {
  return container.mounts?.some(isClusterMount) ? container.mounts.filter(isClusterMount) : NO_MOUNTS;
}

/** One volume for each cluster mount of the task, or the source of the first mount that has none. */
export function chooseVolumes(volumes: VolumeSet, task: Task, nodeId: string): VolumeChoice {
  const mounts = clusterMounts(task.spec);
  if (mounts.length === 0) return NO_VOLUMES;
  const attachments: VolumeAttachment[] = [];
  let missing: string | undefined;
  for (const mount of mounts) {
    const id = findVolume(volumes, mount, nodeId);
    if (id === undefined) {
      missing = mount.source ?? '';
      break;
    }
    attachments.push({ id, source: mount.source ?? '', target: mount.target });
    // In use at once, so that the next mount of the task does not get the same volume against its sharing.
    reserveVolumes(volumes, task, nodeId, attachments);
  }
  releaseVolumes(volumes, task.id, attachments);
  return missing === undefined ? { attachments } : { missing };
}

/** Marks what is attached to a task as in use. */
export function reserveVolumes(
  volumes: VolumeSet,
  task: Task,
  nodeId: string,
  attachments: readonly VolumeAttachment[],
): void {
  for (const { id, source, target } of attachments) {
    const mount = task.spec.container.mounts?.find((each) => each.source === source && each.target === target);
    if (mount) volumes.get(id)?.usages.set(task.id, { nodeId, readOnly: mount.readOnly ?? false });
  }
}

export function releaseVolumes(
  volumes: VolumeSet,
  taskId: string,
  attachments: readonly { readonly id: string }[] | undefined,
): void {
  for (const { id } of attachments ?? []) volumes.get(id)?.usages.delete(taskId);
}

const NO_VOLUMES: VolumeChoice = { attachments: [] };

const NO_MOUNTS: readonly Mount[] = [];

function isClusterMount({ type }: Mount): boolean {
  return type === 'cluster';
}

const GROUP_PREFIX = 'group:';

function isUsable({ volume, usages }: VolumeInfo, nodeId: string, readOnly: boolean): boolean {
  if (volume.availability !== 'active') return false;
  const users = [...usages.values()];
  if (volume.scope === 'single' && users.some((usage) => usage.nodeId !== nodeId)) return false;
  switch (volume.sharing) {
    case 'none':
      return users.length === 0;
    case 'onewriter':
      return readOnly || users.every((usage) => usage.readOnly);
    case 'readonly':
      return readOnly;
    case 'all':
      return true;
  }
}
