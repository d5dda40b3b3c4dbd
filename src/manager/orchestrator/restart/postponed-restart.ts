import { TaskState } from '../../../api/index.ts';
import type { Transaction } from '../../../store/index.ts';
import { rank } from '../../rank.ts';
import type { ProcessId, Reactor } from '../../reactor.ts';
import { currentCluster } from '../service.ts';
import type { WithRestarts } from './state.ts';
import { restartTask } from './supervisor.ts';

interface PostponedRestartState {
  readonly owner: ProcessId;
  readonly taskId: string;
}

/** A restart that waits for the failed task's own delayed start to be over (swarmkit restart.go, waitRestart). */
export const postponedRestart: Reactor<PostponedRestartState> = {
  name: 'postponed-restart',
  rank: rank.delayedStart,

  start(ctx, args) {
    const { owner, taskId, delay } = args as PostponedRestartState & { readonly delay: ProcessId };
    ctx.waitFor(delay);
    ctx.write({ do: 'restart' });
    ctx.next({ do: 'end' });
    return { owner, taskId };
  },

  receive() {},

  writes: {
    restart(ctx, state: PostponedRestartState, tx: Transaction) {
      const owner = ctx.stateOf(state.owner) as WithRestarts | undefined;
      const task = tx.tasks.get(state.taskId);
      if (!owner || !task || task.desiredState > TaskState.RUNNING) return;
      const service = tx.services.get(task.serviceId);
      if (service) restartTask(ctx, tx, state.owner, owner.restarts, currentCluster(tx), service, task);
    },
  },

  steps: {
    end(ctx) {
      ctx.end();
    },
  },
};
