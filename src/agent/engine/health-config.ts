/** Which health check a container ends up with. */
import type { HealthConfig } from '../../api/index.ts';
import type { Micros, Nanoseconds } from '../../base/index.ts';
import { microsOf, seconds } from '../../base/index.ts';

/** A health check with every default filled in, in kernel time. */
export interface ProbePlan {
  readonly interval: Micros;
  readonly timeout: Micros;
  readonly retries: number;
  readonly startPeriod: Micros;
  readonly startInterval: Micros;
}

/** (moby daemon/health.go, the constants at the top) */
const DEFAULTS: ProbePlan = {
  interval: seconds(30),
  timeout: seconds(30),
  retries: 3,
  startPeriod: 0,
  startInterval: seconds(5),
};

const SHORTEST: Nanoseconds = 1_000_000;

/**
 * The service's check, with what it leaves unset (absent, 0, an empty test) taken from the image's.
 * (moby daemon/commit.go, merge)
 */
export function effectiveHealthcheck(
  service: HealthConfig | undefined,
  image: HealthConfig | undefined,
): HealthConfig | undefined {
  if (service === undefined || image === undefined) return service ?? image;
  const merged: HealthConfig = {
    interval: service.interval || image.interval || 0,
    timeout: service.timeout || image.timeout || 0,
    retries: service.retries || image.retries || 0,
    startPeriod: service.startPeriod || image.startPeriod || 0,
    startInterval: service.startInterval || image.startInterval || 0,
  };
  const test = service.test?.length ? service.test : image.test;
  return test === undefined ? merged : { ...merged, test };
}

/**
 * What the engine says of a check when it creates a container; undefined where it accepts it.
 * (moby daemon/container.go, validateHealthCheck)
 */
export function healthcheckError(check: HealthConfig | undefined): string | undefined {
  if (check === undefined) return undefined;
  const tooShort = (name: string, value: Nanoseconds = 0) =>
    value !== 0 && value < SHORTEST ? `${name} in Healthcheck cannot be less than 1ms` : undefined;
  return (
    tooShort('Interval', check.interval) ??
    tooShort('Timeout', check.timeout) ??
    ((check.retries ?? 0) < 0 ? 'Retries in Healthcheck cannot be negative' : undefined) ??
    tooShort('StartPeriod', check.startPeriod) ??
    tooShort('StartInterval', check.startInterval)
  );
}

/**
 * The command that the engine runs as a probe (without the shell in front), or undefined where it does not probe:
 * also for a first word that it does not know, `none` and `cmd` in lower case among them.
 * (moby daemon/health.go, getProbe)
 */
export function probeCommand(check: HealthConfig | undefined): readonly string[] | undefined {
  const kind = check?.test?.[0];
  return kind === 'CMD' || kind === 'CMD-SHELL' ? check?.test?.slice(1) : undefined;
}

/**
 * Whether the agent holds a task in STARTING until the container is healthy. It asks less than the engine does: with
 * a first word that the engine does not know it waits for ever.
 * (moby daemon/cluster/executor/container/controller.go, Start)
 */
export function awaitsHealth(check: HealthConfig | undefined): boolean {
  const kind = check?.test?.[0];
  return kind !== undefined && kind !== 'NONE';
}

export function probePlan(check: HealthConfig): ProbePlan {
  const time = (value: Nanoseconds | undefined, fallback: Micros) => (value ? microsOf(value) : fallback);
  return {
    interval: time(check.interval, DEFAULTS.interval),
    timeout: time(check.timeout, DEFAULTS.timeout),
    retries: check.retries !== undefined && check.retries > 0 ? check.retries : DEFAULTS.retries,
    startPeriod: time(check.startPeriod, DEFAULTS.startPeriod),
    startInterval: time(check.startInterval, DEFAULTS.startInterval),
  };
}
