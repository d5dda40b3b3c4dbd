import type { Mount, Task } from '../../../api/index.ts';
import type { NodeInfo } from '../node-info.ts';
import { countNodes, type Filter } from './filter.ts';

interface Wanted {
  readonly type: 'Volume' | 'Network' | 'Log';
  readonly name: string;
}

/** The node has the drivers that the task's volumes, networks and log need (PluginFilter). */
export const plugins: Filter<readonly Wanted[]> = {
  name: 'plugins',
  inputOf(task, surroundings) {
    const wanted = [
      ...volumeDrivers(task).map((name): Wanted => ({ type: 'Volume', name })),
      ...(task.networks ?? []).map(({ networkId }): Wanted => {
        return { type: 'Network', name: surroundings.networkDriver(networkId) };
      }),
      { type: 'Log', name: logDriver(task) } as const,
    ].filter(({ name }) => name !== '');
    return wanted.length > 0 ? wanted : undefined;
  },
  passes: (wanted, info) => missingPlugin(wanted, info) === undefined,
  explain: (nodes) => `missing plugin on ${countNodes(nodes)}`,
  refusal(wanted, info) {
    const missing = missingPlugin(wanted, info);
    return missing ? `it has no ${missing.type.toLowerCase()} plugin ${missing.name}` : '';
  },
};

/** A node that reports no engine data has everything; one that lists no log driver at all has every log driver. */
function missingPlugin(wanted: readonly Wanted[], { node }: NodeInfo): Wanted | undefined {
  const engine = node.description?.engine;
  if (!engine) return undefined;
  const installed = engine.plugins ?? [];
  return wanted.find(({ type, name }) => {
    const ofType = installed.filter((plugin) => plugin.type === type);
    if (type === 'Log' && ofType.length === 0) return false;
    return !ofType.some((plugin) => plugin.name === name || plugin.name === `${name}:latest`);
  });
}

function volumeDrivers(task: Task): string[] {
  return (task.spec.container.mounts ?? []).map(volumeDriver).filter((name) => name !== 'local');
}

function volumeDriver(mount: Mount): string {
  return (mount.type === 'volume' ? mount.volume?.driver?.name : undefined) ?? '';
}

/** Of the task's own spec: the cluster's default log driver is not looked at. */
function logDriver(task: Task): string {
  const name = task.spec.logDriver?.name ?? '';
  return name === 'none' ? '' : name;
}
