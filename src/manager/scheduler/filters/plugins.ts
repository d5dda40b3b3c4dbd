import type { Mount, TaskSpec } from '../../../api/index.ts';
import type { NodeInfo } from '../node-info.ts';
import { countNodes, type Filter } from './filter.ts';

/** Kinds of plugins as nodes report them. */
const VOLUME = 'Volume';
const NETWORK = 'Network';
const LOG = 'Log';

/** A kind and a name: `['Network', 'overlay']`. */
type Wanted = readonly [type: string, name: string];

/** The node has the drivers that the task's volumes, networks and log need (PluginFilter). */
export const plugins: Filter<readonly Wanted[]> = {
  name: 'plugins',
  looksAtBookings: false,
  inputOf({ spec, networks = [] }, surroundings) {
    const wanted: Wanted[] = [];
    for (const mount of spec.container.mounts ?? []) want(wanted, VOLUME, volumeDriver(mount));
    for (const { networkId } of networks) want(wanted, NETWORK, surroundings.networkDriver(networkId));
    want(wanted, LOG, logDriver(spec));
    return wanted.length > 0 ? wanted : undefined;
  },
  check: (wanted) => (info) => missingPlugin(wanted, info) === undefined,
  explain: (nodes) => `missing plugin on ${countNodes(nodes)}`,
  refusal(wanted, info) {
    const [type = '', name = ''] = missingPlugin(wanted, info) ?? [];
    return `it has no ${type.toLowerCase()} plugin ${name}`;
  },
};

function want(wanted: Wanted[], type: string, name: string): void {
  if (name !== '') wanted.push([type, name]);
}

/** A node that reports no engine data has everything; one that lists no log driver at all has every log driver. */
function missingPlugin(wanted: readonly Wanted[], { node }: NodeInfo): Wanted | undefined {
  const engine = node.description?.engine;
  if (!engine) return undefined;
  const installed = engine.plugins ?? [];
  return wanted.find(([type, name]) => {
    const ofType = installed.filter((plugin) => plugin.type === type);
    if (type === LOG && ofType.length === 0) return false;
    return !ofType.some((plugin) => plugin.name === name || plugin.name === `${name}:latest`);
  });
}

/** '' for every mount that is not a volume of a driver other than `local`. */
function volumeDriver(mount: Mount): string {
  const name = mount.type === 'volume' ? mount.volume?.driver?.name : undefined;
  return name === undefined || name === 'local' ? '' : name;
}

/** Of the task's own spec: the cluster's default log driver is not looked at. */
function logDriver(spec: TaskSpec): string {
  const name = spec.logDriver?.name ?? '';
  return name === 'none' ? '' : name;
}
