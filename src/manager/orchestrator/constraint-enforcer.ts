/**
 * The constraint enforcer (swarmkit manager/orchestrator/constraintenforcer): rejects tasks whose active node no longer
 * satisfies the service's present constraints, or has shrunk below what its tasks have reserved.
 */
import { type GenericResource, type Node, type Task, TaskState } from '../../api/index.ts';
import { byNodeId, type Transaction } from '../../store/index.ts';
import { rank } from '../rank.ts';
import type { Context, Reactor, Step } from '../reactor.ts';
import { consume } from '../scheduler/generic-resources.ts';
import { satisfiesConstraints } from './placement.ts';

export const constraintEnforcer: Reactor<Record<string, never>> = {
  name: 'constraint-enforcer',
  rank: rank.constraintEnforcer,
  wants: (_state, change) => change.table === 'nodes' && change.kind === 'update',

  start(ctx) {
    for (const node of ctx.store.nodes.all()) ctx.next<NodeStep>({ do: 'check', node });
    return {};
  },

  receive(ctx, _state, input) {
    if (input.type !== 'change' || input.change.table !== 'nodes' || input.change.kind !== 'update') return;
    ctx.next<NodeStep>({ do: 'check', node: input.change.after });
  },

  steps: {
    check(ctx, _state, { node }: NodeStep) {
      const tasks = noncompliantTasks(ctx, node);
      if (tasks.length > 0)
        ctx.batch(
          { do: 'reject' },
          tasks.map((task) => task.id),
        );
    },
  },

  writes: {
    reject(ctx, _state, tx: Transaction, _step: Step, taskId: string) {
      const task = tx.tasks.get(taskId);
      if (!task || task.desiredState > TaskState.COMPLETE) return;
      tx.tasks.put({
        ...task,
        status: {
          ...task.status,
          state: TaskState.REJECTED,
          message: 'task rejected by constraint enforcer',
          err: 'assigned node no longer meets constraints',
          timestamp: ctx.now,
        },
      });
    },
  },
};

interface NodeStep extends Step {
  readonly node: Node;
}

/** Which of several tasks have to go when a node shrinks is arbitrary; how many is not, for equal reservations. */
function noncompliantTasks(ctx: Context, node: Node): Task[] {
  if (node.spec.availability !== 'active') return [];
  const reported = node.description?.resources;
  let { nanoCpus, memoryBytes } = reported ?? { nanoCpus: 0, memoryBytes: 0 };
  let generic: readonly GenericResource[] = reported?.generic ?? [];
  const rejected: Task[] = [];

  for (const task of ctx.shuffle(
    'constraint-enforcer/tasks',
    ctx.store.tasks.find(byNodeId(node.id)).filter(isChecked),
  )) {
    const spec = ctx.store.services.get(task.serviceId)?.spec.task ?? task.spec;
    const reserved = task.spec.resources?.reservations;
    const cpus = reserved?.nanoCpus ?? 0;
    const memory = reserved?.memoryBytes ?? 0;
    if (!satisfiesConstraints(spec, node) || (reserved && (memory > memoryBytes || cpus > nanoCpus))) {
      rejected.push(task);
      continue;
    }
    memoryBytes -= memory;
    nanoCpus -= cpus;
    const assigned = task.assignedGenericResources ?? [];
    // swarmkit stops looking at the node's other tasks here.
    if (!assigned.every((resource) => isOffered(generic, resource))) return [...rejected, task];
    generic = consume(generic, assigned);
  }
  return rejected;
}

function isChecked(task: Task): boolean {
  return (
    task.desiredState >= TaskState.ASSIGNED &&
    task.desiredState <= TaskState.COMPLETE &&
    task.status.state < TaskState.COMPLETE
  );
}

/** Whether a node still has what a task was given: that amount, or that very item. */
function isOffered(available: readonly GenericResource[], assigned: GenericResource): boolean {
  for (const offer of available) {
    if (offer.kind !== assigned.kind) continue;
    if ('value' in offer) return 'value' in assigned && assigned.value <= offer.value;
    if (!('name' in assigned)) return false;
    if (assigned.name === offer.name) return true;
  }
  return false;
}
