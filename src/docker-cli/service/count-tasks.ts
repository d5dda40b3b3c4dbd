import type { EngineClient } from '../client.ts';
import { activeNodes, listTasks } from '../engine/objects.ts';
import type { Service } from '../engine/service-types.ts';

/**
 * Fills in the task counts that daemons before API 1.41 do not answer, from their lists of tasks and nodes
 * (docker/cli cli/command/service/helpers.go, AppendServiceStatus).
 */
export function countTasks(client: EngineClient, services: readonly Service[]): Service[] {
  const counted = services.map((service) =>
    service.ServiceStatus === null && isCountable(service)
      ? { ...service, ServiceStatus: status(0, service.Spec.Mode.Replicated?.Replicas ?? 0) }
      : service,
  );
  const missing = counted.filter((service, index) => service !== services[index]);
  if (missing.length === 0) return counted;
  const tasks = listTasks(client, { service: missing.map(({ ID }) => ID) });
  if (tasks.length === 0) return counted;
  const active = activeNodes(client);
  return counted.map((service) => {
    if (!missing.includes(service)) return service;
    const own = tasks.filter((task) => task.ServiceID === service.ID);
    const running = own.filter((task) => active.has(task.NodeID) && task.Status.State === 'running');
    const desired = own.filter((task) => task.DesiredState !== 'shutdown');
    return { ...service, ServiceStatus: status(running.length, desired.length) };
  });
}

function isCountable({ Spec: { Mode } }: Service): boolean {
  return Mode.Replicated !== null || Mode.Global !== null;
}

function status(RunningTasks: number, DesiredTasks: number): NonNullable<Service['ServiceStatus']> {
  return { RunningTasks, DesiredTasks, CompletedTasks: 0 };
}
