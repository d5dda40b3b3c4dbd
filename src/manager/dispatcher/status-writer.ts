/** Writes one batch of reports: a process of its own, so that heartbeats are answered while raft takes its time. */
import type { TaskStatus } from '../../api/index.ts';
import type { Transaction } from '../../store/index.ts';
import { rank } from '../rank.ts';
import type { Context, Reactor, Step } from '../reactor.ts';
import type { NodeUpdate } from './state.ts';

export const STATUS_WRITER = 'dispatcher-status';

export type StatusItem =
  | { readonly taskId: string; readonly status: TaskStatus }
  | { readonly nodeId: string; readonly update: NodeUpdate };

/** Started with the items. */
export const statusWriter: Reactor<undefined> = {
  name: STATUS_WRITER,
  rank: rank.dispatcher,
  start(ctx, items) {
    ctx.batch({ do: 'write' }, items as readonly StatusItem[]);
    ctx.next({ do: 'end' });
    return undefined;
  },
  receive() {},
  steps: {
    end: (ctx) => ctx.end(),
  },
  writes: {
    write(ctx, _state: undefined, tx: Transaction, _step: Step, item: StatusItem) {
      if ('taskId' in item) writeTask(ctx, tx, item.taskId, item.status);
      else writeNode(tx, item.nodeId, item.update);
    },
  },
};

/** A task's state never goes back. A status that repeats the stored one is written all the same. */
function writeTask(ctx: Context, tx: Transaction, taskId: string, status: TaskStatus): void {
  const task = tx.tasks.get(taskId);
  if (!task || task.status.state > status.state) return;
  tx.tasks.put({ ...task, status: Object.assign({}, status, { appliedAt: ctx.now }) });
}

function writeNode(tx: Transaction, nodeId: string, { state, message, address, description }: NodeUpdate): void {
  const node = tx.nodes.get(nodeId);
  if (!node) return;
  tx.nodes.put({
    ...node,
    status: { state, message, addr: address ?? node.status.addr },
    ...(description && { description }),
  });
}
