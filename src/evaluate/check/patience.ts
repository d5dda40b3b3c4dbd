import {
  DEFAULT_RESTART_POLICY,
  DEFAULT_UPDATE_CONFIG,
  DEFAULT_UPDATE_MONITOR,
  type ServiceSpec,
  type UpdateConfig,
} from '../../api/index.ts';
import { type Nanoseconds, nanosOf, seconds } from '../../base/index.ts';

const SECOND: Nanoseconds = nanosOf(seconds(1));

/** What starting, stopping and placing one task takes at most, unless a check of its health has to be waited for. */
const STEP = 60 * SECOND;

/**
 * Virtual time by which an update and the rollback after it have ended, if they ever end: twice what their settings
 * add up to, and ten minutes.
 */
export function patienceOf(spec: ServiceSpec, slots: number, pull: Nanoseconds): Nanoseconds {
  const step = STEP + pull + healthWait(spec);
  return 600 * SECOND + 2 * (updateTime(spec.update, slots, step) + updateTime(spec.rollback, slots, step));
}

/** Virtual time without any change after which an update that has not ended never will: no step of it takes so long. */
export function quietOf({ task, update, rollback }: ServiceSpec, pull: Nanoseconds): Nanoseconds {
  const pauses = [update, rollback].map(({ delay, monitor = DEFAULT_UPDATE_MONITOR } = DEFAULT_UPDATE_CONFIG) =>
    Math.max(monitor, delay + SECOND),
  );
  return (
    600 * SECOND + STEP + pull + healthWait({ task }) + (task.container.stopGracePeriod ?? 0) + Math.max(...pauses)
  );
}

/**
 * Virtual time after the end of an update that is looked at as well: a crash loop shows in two minutes, and costs the
 * computer dearly; a silent second run of the updater takes as long as the update is monitored.
 */
export function aftermathOf({ update }: ServiceSpec): Nanoseconds {
  const { delay, monitor = DEFAULT_UPDATE_MONITOR } = update ?? DEFAULT_UPDATE_CONFIG;
  return 120 * SECOND + Math.max(monitor, delay + SECOND);
}

/** Virtual time by which a service has come to rest that was struck, if it ever does. */
export function recoveryOf(spec: ServiceSpec, slots: number): Nanoseconds {
  const { delay = DEFAULT_RESTART_POLICY.delay! } = spec.task.restart ?? {};
  return patienceOf(spec, slots, 0) + delay;
}

function updateTime(config: UpdateConfig = DEFAULT_UPDATE_CONFIG, slots: number, step: Nanoseconds): Nanoseconds {
  const { parallelism, delay, monitor = DEFAULT_UPDATE_MONITOR } = config;
  const rounds = parallelism === 0 ? 1 : Math.ceil(slots / parallelism);
  return rounds * (step + delay) + Math.max(monitor, delay + SECOND);
}

function healthWait({ task }: Pick<ServiceSpec, 'task'>): Nanoseconds {
  const { startPeriod = 0, interval, timeout, retries } = task.container.healthcheck ?? {};
  return startPeriod + ((interval || 30 * SECOND) + (timeout || 30 * SECOND)) * (retries || 3);
}
