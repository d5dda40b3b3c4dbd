import { boolean, duration, integer, list, number, object, oneOf, type Rule, text, when } from './rule.ts';
import { listOrMapping } from './shared-rules.ts';

/** `services.*.deploy` */
export function deployment(minor: number): Rule {
  return object(
    {
      mode: text,
      ...when(minor >= 2, { endpoint_mode: text }),
      replicas: integer,
      labels: listOrMapping,
      ...when(minor >= 7, { rollback_config: updateConfig(minor) }),
      update_config: updateConfig(minor),
      resources: object({
        limits: object({ cpus: text, memory: text, ...when(minor >= 9, { pids: integer }) }),
        reservations: object({
          cpus: text,
          memory: text,
          ...when(minor >= 5, { generic_resources: genericResources }),
        }),
      }),
      restart_policy: object({ condition: text, delay: duration, max_attempts: integer, window: duration }),
      placement: object({
        constraints: list(text),
        ...when(minor >= 3, { preferences: list(object({ spread: text })) }),
        ...when(minor >= 8, { max_replicas_per_node: integer }),
      }),
    },
    { types: ['object', 'null'] },
  );
}

/** `services.*.healthcheck` */
export function healthcheck(minor: number): Rule {
  // Up to 3.3 the two durations were only checked when they were decoded.
  const timing = minor >= 4 ? duration : text;
  return object({
    disable: boolean,
    interval: timing,
    retries: number,
    test: oneOf(text, list(text)),
    timeout: timing,
    ...when(minor >= 4, { start_period: duration }),
    ...when(minor >= 12, { start_interval: duration }),
  });
}

function updateConfig(minor: number): Rule {
  return object({
    parallelism: integer,
    delay: duration,
    failure_action: text,
    monitor: duration,
    max_failure_ratio: number,
    ...when(minor >= 4, { order: { types: ['string'], choices: ['start-first', 'stop-first'] } satisfies Rule }),
  });
}

const genericResources = list(object({ discrete_resource_spec: object({ kind: text, value: number }) }));
