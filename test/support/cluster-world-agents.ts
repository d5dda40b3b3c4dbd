/**
 * Agents that act in the instant in which they hear of a task, on nodes that are READY; on any other node everything
 * stays as it is until the node is READY again. A task of a job completes some time after it began to run.
 */
import { type Task, TaskState } from '../../src/api/index.ts';
import type { Micros } from '../../src/base/index.ts';
import { type Context, type Reactor, rank, type Step } from '../../src/manager/index.ts';
import { byNodeId, type Transaction } from '../../src/store/index.ts';

interface AgentsState {
  /** Tasks of jobs whose work is done, as long as nobody has been told. */
  readonly finished: Set<string>;
}

interface ReportStep extends Step {
  readonly taskId: string;
}

/** `runTimeOf`: how long a task of this service runs; undefined for ever. */
export function simpleAgents(runTimeOf: (serviceId: string) => Micros | undefined): Reactor<AgentsState> {
  return {
    name: 'simple-agents',
    rank: rank.dispatcher,
    wants: (_state, { table }) => table === 'tasks' || table === 'nodes',
    start: () => ({ finished: new Set() }),

    receive(ctx, state, input) {
      if (input.type === 'timer') {
        state.finished.add(input.timer);
        return ctx.write<ReportStep>({ do: 'report', taskId: input.timer });
      }
      if (input.type !== 'change' || input.change.kind === 'delete') return;
      const { change } = input;
      if (change.table === 'tasks') report(ctx, state, change.after);
      else if (change.table === 'nodes' && change.after.status.state === 'ready')
        for (const task of ctx.store.tasks.find(byNodeId(change.id))) report(ctx, state, task);
    },

    writes: {
      report(ctx, state: AgentsState, tx: Transaction, { taskId }: ReportStep) {
        const task = tx.tasks.get(taskId);
        const next = task && nextOf(task, state);
        if (!task || next === undefined) return;
        const node = tx.nodes.get(task.nodeId);
        // What has stopped without a node, or whose node is gone, holds nobody up either.
        if (node ? node.status.state !== 'ready' : next !== 'gone') return;
        if (next === 'gone') return tx.tasks.delete(taskId);
        const { err: _cleared, ...status } = task.status;
        tx.tasks.put({ ...task, status: { ...status, state: next, timestamp: ctx.now, appliedAt: ctx.now } });
        const runTime = runTimeOf(task.serviceId);
        if (next === TaskState.RUNNING && runTime !== undefined) ctx.after(runTime, taskId);
      },
    },
  };
}

function report(ctx: Context, state: AgentsState, task: Task): void {
  if (nextOf(task, state) !== undefined) ctx.write<ReportStep>({ do: 'report', taskId: task.id });
}

/** The state that the task is in next, if its agent has anything to do. */
function nextOf({ id, status, desiredState }: Task, { finished }: AgentsState): TaskState | 'gone' | undefined {
  const { state } = status;
  if (state < TaskState.ASSIGNED) return undefined;
  if (state > TaskState.RUNNING) return desiredState === TaskState.REMOVE ? 'gone' : undefined;
  if (desiredState >= TaskState.SHUTDOWN) return TaskState.SHUTDOWN;
  if (desiredState === TaskState.READY) return state < TaskState.READY ? TaskState.READY : undefined;
  if (state < TaskState.RUNNING) return TaskState.RUNNING;
  return finished.has(id) ? TaskState.COMPLETE : undefined;
}
