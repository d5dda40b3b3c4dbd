/** Global jobs (swarmkit manager/orchestrator/jobs/global/reconciler.go). */
import { type Service, TaskState } from '../../../api/index.ts';
import { byServiceId } from '../../../store/index.ts';
import type { Context } from '../../reactor.ts';
import { satisfiesConstraints } from '../placement.ts';
import { isInvalidNode } from '../task.ts';
import { type JobItem, jobIterationOf } from './job.ts';

export function reconcileGlobalJob(ctx: Context, service: Service): JobItem[] {
  const iteration = jobIterationOf(service);
  const matching = ctx.store.nodes.all().filter((node) => satisfiesConstraints(service.spec.task, node));
  const candidates = matching.filter((node) => node.spec.availability === 'active' && node.status.state === 'ready');
  const onNode = new Map<string, string>();
  const items: JobItem[] = [];

  for (const task of ctx.store.tasks.find(byServiceId(service.id))) {
    if (task.jobIteration === undefined) continue;
    if (task.jobIteration !== iteration) {
      if (task.desiredState !== TaskState.REMOVE) items.push({ task: task.id, to: 'remove' });
    } else if (task.desiredState <= TaskState.COMPLETE) {
      if (task.status.state > TaskState.COMPLETE) items.push({ task: task.id, to: 'restart' });
      onNode.set(task.nodeId, task.id);
    }
  }

  const created = candidates.filter((node) => !onNode.has(node.id)).map((node) => ({ create: 0, nodeId: node.id }));
  const stranded = matching
    .filter(isInvalidNode)
    .flatMap((node) => onNode.get(node.id) ?? [])
    .map((task) => ({ task, to: 'shut down' as const }));
  return [...created, ...items.filter(isRestart), ...items.filter((item) => !isRestart(item)), ...stranded];
}

function isRestart(item: JobItem): boolean {
  return 'to' in item && item.to === 'restart';
}
