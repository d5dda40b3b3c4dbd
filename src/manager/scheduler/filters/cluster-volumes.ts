import type { Mount } from '../../../api/index.ts';
import { findVolume } from '../volumes.ts';
import { countNodes, type Filter } from './filter.ts';

/**
 * At least one of the cluster (CSI) volumes that the task mounts can be used on the node (VolumesFilter). One is
 * enough to pass, even where the task mounts several.
 */
export const clusterVolumes: Filter<readonly Mount[]> = {
  name: 'cluster-volumes',
  inputOf({ spec }) {
    const mounts = (spec.container.mounts ?? []).filter(({ type }) => type === 'cluster');
    return mounts.length > 0 ? mounts : undefined;
  },
  passes: (mounts, { node }, { volumes }) => mounts.some((mount) => findVolume(volumes, mount, node.id) !== undefined),
  explain: (nodes) => `cannot fulfill requested CSI volume mounts on ${countNodes(nodes)}`,
  refusal: (mounts) => `no volume can be used there for ${mounts.map(({ source }) => source ?? '').join(', ')}`,
};
