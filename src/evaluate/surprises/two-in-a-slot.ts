import type { Instant } from '../../base/index.ts';
import { placeOf, type TaskStory } from './story.ts';
import type { Surprise } from './surprise.ts';

export const twoInASlot: Surprise = {
  code: 'two-in-a-slot',
  rule: 'With start-first a task of the updater and one of the restart supervisor can end up in the same slot; the surplus is trimmed by a later run, or runs on.',
  recognise({ name, statuses, tasks }) {
    for (const { at, state } of statuses) {
      if (state !== 'rollback_completed' && state !== 'completed') continue;
      const places = tasks.filter((task) => isThereAt(task, at)).map(placeOf);
      const twice = places.filter((place, index) => places.indexOf(place) !== index);
      if (twice.length === 0) continue;
      return { at, text: `${name} is ${state} with two tasks in slot ${[...new Set(twice)].join(', ')}` };
    }
    return undefined;
  },
};

/** The surplus is told to stop in the instant in which the update is called completed, if it is. */
function isThereAt({ createdAt, stopWantedAt, end }: TaskStory, at: Instant): boolean {
  return createdAt <= at && (stopWantedAt === undefined || stopWantedAt >= at) && (end === undefined || end.at > at);
}
