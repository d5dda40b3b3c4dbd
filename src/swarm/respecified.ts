import type { ServiceSpec, TaskSpec } from '../api/index.ts';
import { deepEqual } from '../base/index.ts';
import { definitionOf, type ServiceDefinition, specOf } from './definition.ts';

/**
 * `spec` as the edited definition has it. Parts that the edit leaves alone stay exactly as they were, and so does what
 * definitions do not speak of (mounts, secrets, ...): a task that is specified in other words is another task, and
 * would be replaced.
 */
export function respecified(spec: ServiceSpec, definition: ServiceDefinition): ServiceSpec {
  const before = specOf(definitionOf(spec));
  const wanted = specOf(definition);
  return {
    ...edited(spec, before, wanted),
    task: {
      ...edited(spec.task, before.task, wanted.task),
      container: edited(spec.task.container, before.task.container, wanted.task.container),
      ...(wanted.task.networks && {
        networks: wanted.task.networks.map(
          (network) => spec.task.networks?.find(({ target }) => target === network.target) ?? network,
        ),
      }),
      ...platformsKept(spec, before, wanted),
    },
  };
}

/** Each part of `stored`, unless the edit has changed what definitions say of it. */
function edited<T extends object>(stored: T, before: T, wanted: T): T {
  const keys = [...new Set([...Object.keys(stored), ...Object.keys(wanted)])] as (keyof T)[];
  const entries = keys.flatMap((key) => {
    const value = deepEqual(before[key], wanted[key]) ? stored[key] : wanted[key];
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(entries) as T;
}

/** The platforms that an image runs on are found out by docker; a definition does not name them. */
function platformsKept(stored: ServiceSpec, before: ServiceSpec, wanted: ServiceSpec): Pick<TaskSpec, 'placement'> {
  const platforms = stored.task.placement?.platforms;
  if (platforms === undefined || deepEqual(before.task.placement, wanted.task.placement)) return {};
  return { placement: { ...wanted.task.placement, platforms } };
}
