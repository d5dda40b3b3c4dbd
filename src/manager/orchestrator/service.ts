/** What the orchestrators share about services (swarmkit manager/orchestrator/service.go). */
import { type Cluster, type Service, type ServiceMode, TaskState } from '../../api/index.ts';
import { byServiceId, type ReadView, type Transaction } from '../../store/index.ts';
import type { Context, Step } from '../reactor.ts';

type ServiceOf<K extends ServiceMode['kind']> = Service & {
  readonly spec: { readonly mode: Extract<ServiceMode, { kind: K }> };
};

export function isReplicatedService(service: Service | undefined): service is ServiceOf<'replicated'> {
  return service?.spec.mode.kind === 'replicated';
}

export function isGlobalService(service: Service | undefined): service is ServiceOf<'global'> {
  return service?.spec.mode.kind === 'global';
}

export function isReplicatedJob(service: Service | undefined): service is ServiceOf<'replicated-job'> {
  return service?.spec.mode.kind === 'replicated-job';
}

export function isGlobalJob(service: Service | undefined): service is ServiceOf<'global-job'> {
  return service?.spec.mode.kind === 'global-job';
}

export function isJob(service: Service | undefined): boolean {
  return isReplicatedJob(service) || isGlobalJob(service);
}

/** The one cluster object, if it exists yet. */
export function currentCluster(view: ReadView): Cluster | undefined {
  return view.clusters.all()[0];
}

/** A step that asks for all tasks of a deleted service to be removed; its write is {@link writeRemoval}. */
export function removeTasksOf(ctx: Context, service: Service): void {
  const ids = ctx.store.tasks.find(byServiceId(service.id)).map((task) => task.id);
  ctx.batch(REMOVE_TASKS, ids);
}

export const REMOVE_TASKS: Step = { do: 'remove tasks of a deleted service' };

export function writeRemoval(_ctx: Context, _state: unknown, tx: Transaction, _step: Step, taskId: string): void {
  const task = tx.tasks.get(taskId);
  if (task && task.desiredState < TaskState.REMOVE) tx.tasks.put({ ...task, desiredState: TaskState.REMOVE });
}
