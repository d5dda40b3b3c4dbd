import { type Instant, type Micros, seconds } from '../../base/index.ts';
import { isDrainedAt, nodeWasDownAfter } from './nodes.ts';
import { byPlace, placeOf, type TaskStory } from './story.ts';
import type { Surprise } from './surprise.ts';

/** swarmkit manager/orchestrator/restart/restart.go, DelayStart. */
const OLD_TASK_LIMIT: Micros = seconds(60);

export const besideOldTask: Surprise = {
  code: 'beside-old-task',
  rule: 'The successor of a task that is told to stop waits one minute for its end, whatever the stop grace period, and then starts beside it.',
  recognise({ name, tasks }, story) {
    const places = byPlace(tasks);
    for (const old of tasks) {
      const { stopWantedAt, slot, node, runningFrom } = old;
      if (stopWantedAt === undefined || slot === 0 || runningFrom === undefined) continue;
      const next = places.get(placeOf(old))!.find((task) => isStartedBeside(old, task, story.end));
      if (!next || nodeWasDownAfter(story, node, runningFrom) || isDrainedAt(story, node, stopWantedAt)) continue;
      return {
        at: next.runningFrom!,
        text: `a new task of ${name} started in slot ${slot} while the old one, told to stop a minute before, still ran`,
      };
    }
    return undefined;
  },
};

function isStartedBeside({ createdAt, stopWantedAt = 0, end }: TaskStory, next: TaskStory, until: Instant): boolean {
  return (
    next.runningFrom !== undefined &&
    next.runningFrom >= stopWantedAt + OLD_TASK_LIMIT &&
    next.createdAt <= stopWantedAt &&
    next.createdAt > createdAt &&
    next.runningFrom < (end?.at ?? until)
  );
}
