import type { Mount } from '../../../api/index.ts';
import { clusterMounts, findVolume } from '../volumes.ts';
import { countNodes, type Filter } from './filter.ts';

/**
 * At least one of the cluster (CSI) volumes that the task mounts can be used on the node (VolumesFilter). One is
 * enough to pass, even where the task mounts several.
 */
export const clusterVolumes: Filter<readonly Mount[]> = {
  name: 'cluster-volumes',
  looksAtBookings: true,
  inputOf({ spec }) {
    const mounts = clusterMounts(spec);
    return mounts.length > 0 ? mounts : undefined;
  },
  check:
    (mounts, { volumes }) =>
    ({ node }) =>
      mounts.some((mount) => findVolume(volumes, mount, node.id) !== undefined),
  explain: (nodes) => `cannot fulfill requested CSI volume mounts on ${countNodes(nodes)}`,
  refusal: (mounts) => `no volume can be used there for ${mounts.map(({ source }) => source ?? '').join(', ')}`,
};
