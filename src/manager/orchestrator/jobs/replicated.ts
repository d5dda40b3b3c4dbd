/** Replicated jobs (swarmkit manager/orchestrator/jobs/replicated/reconciler.go). */
import { type Service, type ServiceMode, TaskState } from '../../../api/index.ts';
import { byServiceId } from '../../../store/index.ts';
import type { Context } from '../../reactor.ts';
import { type JobItem, jobIterationOf } from './job.ts';

type ReplicatedJob = Service & { readonly spec: { readonly mode: Extract<ServiceMode, { kind: 'replicated-job' }> } };

export function reconcileReplicatedJob(ctx: Context, service: ReplicatedJob): JobItem[] | undefined {
  const iteration = jobIterationOf(service);
  const { maxConcurrent, totalCompletions } = service.spec.mode;
  const taken = new Set<number>();
  const restart: string[] = [];
  const remove: string[] = [];
  let complete = 0;
  let running = 0;

  for (const task of ctx.store.tasks.find(byServiceId(service.id))) {
    if (task.jobIteration === undefined) continue;
    if (task.jobIteration !== iteration) {
      if (task.status.state <= TaskState.RUNNING && task.desiredState !== TaskState.REMOVE) remove.push(task.id);
    } else if (task.status.state === TaskState.COMPLETE) {
      complete += 1;
      taken.add(task.slot);
    } else if (task.desiredState <= TaskState.COMPLETE) {
      // What failed just now counts as running: it is restarted in place.
      running += 1;
      taken.add(task.slot);
      if (task.status.state > TaskState.COMPLETE) restart.push(task.id);
    }
  }

  const created = Math.min(unsigned(maxConcurrent - running), unsigned(totalCompletions - complete - running));
  // swarmkit gives up here where its unsigned arithmetic wrapped around; neither restarts nor removals happen then.
  if (created > totalCompletions) return undefined;
  return [
    ...freeSlots(taken, created, totalCompletions).map((slot) => ({ create: slot, nodeId: '' })),
    ...restart.map((task) => ({ task, to: 'restart' as const })),
    ...remove.map((task) => ({ task, to: 'remove' as const })),
  ];
}

/** What a negative difference becomes in an unsigned 64-bit number, as far as it matters: more than any count. */
function unsigned(difference: number): number {
  return difference < 0 ? Number.POSITIVE_INFINITY : difference;
}

/** The lowest free slots; slot 0 again should none be free. */
function freeSlots(taken: ReadonlySet<number>, count: number, total: number): number[] {
  const free: number[] = [];
  for (let slot = 0; slot < total && free.length < count; slot += 1) if (!taken.has(slot)) free.push(slot);
  while (free.length < count) free.push(0);
  return free;
}
