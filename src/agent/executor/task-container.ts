/** What a task says about its container. (moby daemon/cluster/executor/container/{container,validate}.go) */
import type { Mount, Task } from '../../api/index.ts';
import type { ContainerConfig } from '../engine/context.ts';
import { effectiveHealthcheck } from '../engine/health-config.ts';
import type { ImageConfig } from '../engine/workload.ts';
import { containerId } from './container-id.ts';

export function containerName({ serviceName, slot, nodeId, id }: Task): string {
  return `${serviceName}.${slot === 0 ? nodeId : slot}.${id}`;
}

export function containerConfig(task: Task, name: string, image: string, fromImage: ImageConfig): ContainerConfig {
  const { container } = task.spec;
  const healthcheck = effectiveHealthcheck(container.healthcheck, fromImage.healthcheck);
  const stopSignal = container.stopSignal || fromImage.stopSignal;
  return {
    id: containerId(name),
    name,
    image,
    task,
    hostPorts: (task.endpoint?.ports ?? []).filter((port) => port.publishMode === 'host'),
    ...(healthcheck !== undefined && { healthcheck }),
    ...(stopSignal !== undefined && { stopSignal }),
  };
}

/** Why there can be no controller for a task; undefined where there can. */
export function taskError({ spec: { container } }: Task): string | undefined {
  if (container.image === '') return 'dockerexec: image required';
  for (const mount of container.mounts ?? []) {
    const error = mountError(mount);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** Grace as the engine is told it: fractions of a second are cut off; undefined is the engine's default. */
export function graceSeconds({ spec: { container } }: Task): number | undefined {
  const { stopGracePeriod } = container;
  return stopGracePeriod === undefined ? undefined : Math.trunc(stopGracePeriod / 1e9);
}

/** What a bind mount lacks on a node at the start of its container. */
export function missingBind(task: Task, exists: (path: string) => boolean): string | undefined {
  const missing = task.spec.container.mounts?.find(({ type, source = '' }) => type === 'bind' && !exists(source));
  return missing && `invalid bind mount source, source path not found: ${missing.source}`;
}

function mountError({ type, source = '', target }: Mount): string | undefined {
  const isAbsolute = (path: string) => path.startsWith('/');
  if (!isAbsolute(target) && type !== 'npipe') return `invalid mount target, must be an absolute path: ${target}`;
  switch (type) {
    case 'bind':
      return isAbsolute(source) ? undefined : `invalid bind mount source, must be an absolute path: ${source}`;
    case 'volume':
      return isAbsolute(source) ? `invalid volume mount source, must not be an absolute path: ${source}` : undefined;
    case 'tmpfs':
      return source === '' ? undefined : 'invalid tmpfs source, source must be empty';
    case 'npipe':
      return source === '' ? 'invalid npipe source, source must not be empty' : undefined;
    case 'cluster':
      return undefined;
    default:
      return `invalid mount type: ${type.toUpperCase()}`;
  }
}
