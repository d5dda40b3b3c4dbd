/**
 * Keeps at most one updater per service (swarmkit manager/orchestrator/update/updater.go, Supervisor). Part of
 * its orchestrator's state; a new leader starts without any.
 */
import type { Cluster, Service, ServiceSpec } from '../../../api/index.ts';
import { deepEqual } from '../../../base/index.ts';
import type { Context, ProcessId } from '../../reactor.ts';
import type { Slot } from '../task.ts';
import type { UpdaterArguments, UpdaterState, WorkerState } from './state.ts';

export interface RunningUpdate {
  readonly process: ProcessId;
  readonly spec: ServiceSpec;
}

/** Service id to its running updater. */
export type RunningUpdates = Map<string, RunningUpdate>;

export interface WithUpdates {
  readonly updates: RunningUpdates;
}

/**
 * Starts an update of these slots towards the service as it is given, in place of one with another goal. A running
 * updater with an equal spec goes on untouched, even if the service's update status was cleared under it.
 */
export function startUpdater(
  ctx: Context,
  owner: ProcessId,
  updates: RunningUpdates,
  cluster: Cluster | undefined,
  service: Service,
  slots: readonly Slot[],
): void {
  const running = updates.get(service.id);
  if (running) {
    if (deepEqual(running.spec, service.spec)) return;
    cancelUpdater(ctx, running.process);
  }
  const args: UpdaterArguments = { owner, cluster, service, slots };
  updates.set(service.id, { process: ctx.spawn('updater', args), spec: service.spec });
}

/** Stops an updater and its workers where they wait; those that are writing end when their write has returned. */
function cancelUpdater(ctx: Context, process: ProcessId): void {
  const updater = ctx.stateOf(process) as UpdaterState | undefined;
  if (updater) {
    updater.stopped = true;
    for (const worker of [...updater.workers]) {
      if (ctx.kill(worker)) updater.workers.delete(worker);
      else (ctx.stateOf(worker) as WorkerState).stopped = true;
    }
    if (updater.workers.size > 0) {
      updater.phase = 'finishing';
      ctx.waitFor(process);
      return;
    }
  }
  if (!ctx.kill(process)) ctx.waitFor(process);
}
