import type { Engine } from '../../api/index.ts';
import type { ConfigSections, MountConfig, VolumeConfig } from '../model/config.ts';
import { scopedName, withStackLabel } from './namespace.ts';
import { ConvertProblem } from './problem.ts';

interface Context {
  readonly volumes: ConfigSections['volumes'];
  readonly namespace: string;
  readonly path: readonly (string | number)[];
}

/** (cli/compose/convert/volume.go) */
export function convertMounts(
  mounts: readonly MountConfig[],
  volumes: ConfigSections['volumes'],
  namespace: string,
): readonly Engine.Mount[] {
  return mounts.map((mount, index) => convertMount(mount, { volumes, namespace, path: ['volumes', index] }));
}

function convertMount(mount: MountConfig, context: Context): Engine.Mount {
  switch (mount.type || 'volume') {
    case 'volume':
      return volumeMount(mount, context);
    case 'image':
      return imageMount(mount, context);
    case 'bind':
    case 'npipe':
      return hostMount(mount, context);
    case 'tmpfs':
      return tmpfsMount(mount, context);
    case 'cluster':
      return clusterMount(mount, context);
    default:
      throw new ConvertProblem('volume type must be volume, bind, tmpfs, npipe, or cluster', context.path);
  }
}

function plainMount(mount: MountConfig): Engine.Mount {
  return {
    ...(mount.type && { Type: mount.type }),
    ...(mount.source && { Source: mount.source }),
    ...(mount.target && { Target: mount.target }),
    ...(mount.read_only && { ReadOnly: true }),
    ...(mount.consistency && { Consistency: mount.consistency }),
  };
}

function volumeMount(mount: MountConfig, context: Context): Engine.Mount {
  refuseOptions(mount, ['tmpfs', 'bind'], context);
  if (!mount.source) return plainMount(mount);
  const volume = declaredVolume(mount.source, context);
  const options = {
    ...(mount.volume?.nocopy && { NoCopy: true }),
    ...(mount.volume?.subpath && { Subpath: mount.volume.subpath }),
  };
  const named = { ...plainMount(mount), Source: volume.name || scopedName(context.namespace, mount.source) };
  if (volume.external) return { ...named, VolumeOptions: options };
  const hasDriver = Boolean(volume.driver) || volume.driver_opts !== undefined;
  const driver = {
    ...(volume.driver && { Name: volume.driver }),
    ...(Object.keys(volume.driver_opts ?? {}).length > 0 && { Options: volume.driver_opts! }),
  };
  const labels = withStackLabel(context.namespace, volume.labels);
  return { ...named, VolumeOptions: { ...options, Labels: labels, ...(hasDriver && { DriverConfig: driver }) } };
}

function imageMount(mount: MountConfig, context: Context): Engine.Mount {
  if (!mount.source) throw new ConvertProblem('invalid image source, source cannot be empty', context.path);
  refuseOptions(mount, ['volume', 'bind', 'tmpfs'], context);
  return plainMount(mount);
}

function hostMount(mount: MountConfig, context: Context): Engine.Mount {
  if (!mount.source) {
    throw new ConvertProblem(`invalid ${mount.type} source, source cannot be empty`, context.path);
  }
  refuseOptions(mount, ['volume', 'tmpfs'], context);
  const { propagation } = mount.bind ?? {};
  const options = mount.bind && { BindOptions: propagation ? { Propagation: propagation } : {} };
  return { ...plainMount(mount), ...options };
}

function tmpfsMount(mount: MountConfig, context: Context): Engine.Mount {
  if (mount.source) throw new ConvertProblem('invalid tmpfs source, source must be empty', context.path);
  refuseOptions(mount, ['bind', 'volume'], context);
  const { size } = mount.tmpfs ?? {};
  return { ...plainMount(mount), ...(mount.tmpfs && { TmpfsOptions: size ? { SizeBytes: size } : {} }) };
}

function clusterMount(mount: MountConfig, context: Context): Engine.Mount {
  if (!mount.source) throw new ConvertProblem('invalid cluster source, source cannot be empty', context.path);
  refuseOptions(mount, ['tmpfs', 'bind', 'volume'], context);
  const plain = { ...plainMount(mount), ClusterOptions: {} };
  // A group of volumes belongs to the cluster, not to the stack.
  if (mount.source.startsWith('group:')) return plain;
  const volume = declaredVolume(mount.source, context);
  return { ...plain, Source: volume.name || scopedName(context.namespace, mount.source) };
}

function refuseOptions(mount: MountConfig, names: readonly ('tmpfs' | 'bind' | 'volume')[], context: Context): void {
  const found = names.find((name) => mount[name] !== undefined);
  if (!found) return;
  const message = `${found} options are incompatible with type ${mount.type || 'volume'}`;
  throw new ConvertProblem(message, [...context.path, found]);
}

function declaredVolume(source: string, { volumes, path }: Context): VolumeConfig {
  if (!Object.hasOwn(volumes, source)) throw new ConvertProblem(`undefined volume ${JSON.stringify(source)}`, path);
  return volumes[source]!;
}
