import { type Micros, seconds } from '../../base/index.ts';
import { isDrainedAt, nodeWasDownAfter } from './nodes.ts';
import type { Surprise } from './surprise.ts';

/** swarmkit manager/orchestrator/restart/restart.go, DelayStart. */
const OLD_TASK_LIMIT: Micros = seconds(60);

export const besideOldTask: Surprise = {
  code: 'beside-old-task',
  rule: 'The successor of a task that is told to stop waits one minute for its end, whatever the stop grace period, and then starts beside it.',
  recognise({ name, tasks }, story) {
    for (const old of tasks) {
      const { stopWantedAt, end, slot, node, runningFrom } = old;
      if (stopWantedAt === undefined || slot === 0 || runningFrom === undefined) continue;
      if (nodeWasDownAfter(story, node, runningFrom) || isDrainedAt(story, node, stopWantedAt)) continue;
      const next = tasks.find(
        (task) =>
          task.slot === slot &&
          task.runningFrom !== undefined &&
          task.runningFrom >= stopWantedAt + OLD_TASK_LIMIT &&
          task.createdAt <= stopWantedAt &&
          task.createdAt > old.createdAt &&
          task.runningFrom < (end?.at ?? story.end),
      );
      if (next)
        return {
          at: next.runningFrom!,
          text: `a new task of ${name} started in slot ${slot} while the old one, told to stop a minute before, still ran`,
        };
    }
    return undefined;
  },
};
