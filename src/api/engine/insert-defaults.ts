import {
  DEFAULT_RESTART_POLICY,
  DEFAULT_STOP_GRACE_PERIOD,
  DEFAULT_UPDATE_CONFIG,
  DEFAULT_UPDATE_MONITOR,
} from '../defaults.ts';
import type { ServiceSpec, UpdateConfig } from '../objects.ts';

/**
 * A specification with everything filled in that Swarm assumes, as `GET /services/{id}?insertDefaults=true` shows it.
 * (swarmkit api/defaults/service.go, InterpolateService)
 */
export function insertDefaults(spec: ServiceSpec): ServiceSpec {
  const { container, resources, restart, placement } = spec.task;
  return {
    ...spec,
    task: {
      ...spec.task,
      container: {
        ...container,
        stopGracePeriod: container.stopGracePeriod ?? DEFAULT_STOP_GRACE_PERIOD,
        dns: container.dns ?? {},
        pullOptions: container.pullOptions ?? {},
      },
      resources: resources ?? {},
      restart: { ...(restart ?? DEFAULT_RESTART_POLICY), delay: restart?.delay ?? DEFAULT_RESTART_POLICY.delay! },
      placement: placement ?? {},
    },
    update: withMonitor(spec.update),
    rollback: withMonitor(spec.rollback),
  };
}

function withMonitor(config: UpdateConfig = DEFAULT_UPDATE_CONFIG): UpdateConfig {
  return { ...config, monitor: config.monitor ?? DEFAULT_UPDATE_MONITOR };
}
