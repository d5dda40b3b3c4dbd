/** Gives up the tasks of a node that has been down for long (swarmkit dispatcher.go, moveTasksToOrphaned). */
import { TaskState } from '../../api/index.ts';
import { hours, type Micros } from '../../base/index.ts';
import { byNodeId, type Transaction } from '../../store/index.ts';
import { rank } from '../rank.ts';
import type { Reactor, Step } from '../reactor.ts';

export const ORPHAN_DELAY: Micros = hours(24);

export const ORPHAN_WRITER = 'dispatcher-orphans';

/** Started with the node's id. */
export const orphanWriter: Reactor<undefined> = {
  name: ORPHAN_WRITER,
  rank: rank.dispatcher,
  start(ctx, nodeId) {
    ctx.batch(
      { do: 'orphan' },
      ctx.store.tasks.find(byNodeId(nodeId as string)).map((task) => task.id),
    );
    ctx.next({ do: 'end' });
    return undefined;
  },
  receive() {},
  steps: {
    end: (ctx) => ctx.end(),
  },
  writes: {
    /** Tasks in another state are written too, as they are. */
    orphan(_ctx, _state: undefined, tx: Transaction, _step: Step, taskId: string) {
      const task = tx.tasks.get(taskId);
      if (!task) return;
      const { state } = task.status;
      const isLost = state >= TaskState.ASSIGNED && state <= TaskState.RUNNING;
      tx.tasks.put(isLost ? { ...task, status: { ...task.status, state: TaskState.ORPHANED } } : task);
    },
  },
};
