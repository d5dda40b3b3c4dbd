/**
 * Cluster (CSI) volumes and who uses them (swarmkit manager/scheduler/volumes.go). Nodes report no CSI topology here,
 * and swarmkit takes a node without one to reach every volume.
 */
import type { Mount, Task, Volume } from '../../api/index.ts';

/** By volume id, in the order in which the volumes became known. */
export type VolumeSet = Map<string, VolumeInfo>;

export type VolumeAttachment = NonNullable<Task['volumes']>[number];

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

/** One volume for each cluster mount of the task, or the source of the first mount that has none. */
export function chooseVolumes(
  volumes: VolumeSet,
  task: Task,
  nodeId: string,
): { readonly attachments: readonly VolumeAttachment[] } | { readonly missing: string } {
  const attachments: VolumeAttachment[] = [];
  try {
    for (const mount of task.spec.container.mounts ?? []) {
      if (mount.type !== 'cluster') continue;
      const id = findVolume(volumes, mount, nodeId);
      if (id === undefined) return { missing: mount.source ?? '' };
      // In use at once, so that the next mount of the task does not get the same volume against its sharing.
      volumes.get(id)?.usages.set(task.id, { nodeId, readOnly: mount.readOnly ?? false });
      attachments.push({ id, source: mount.source ?? '', target: mount.target });
    }
    return { attachments };
  } finally {
    releaseVolumes(volumes, task.id, attachments);
  }
}

/** Marks what is attached to a placed task as in use. */
export function reserveVolumes(volumes: VolumeSet, task: Task): void {
  for (const { id, source, target } of task.volumes ?? []) {
    const mount = task.spec.container.mounts?.find((each) => each.source === source && each.target === target);
    if (mount) volumes.get(id)?.usages.set(task.id, { nodeId: task.nodeId, readOnly: mount.readOnly ?? false });
  }
}

export function releaseVolumes(
  volumes: VolumeSet,
  taskId: string,
  attachments: readonly { readonly id: string }[] | undefined,
): void {
  for (const { id } of attachments ?? []) volumes.get(id)?.usages.delete(taskId);
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
