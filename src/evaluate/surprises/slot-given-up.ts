import { placeOf, type TaskStory } from './story.ts';
import type { Surprise } from './surprise.ts';

export const slotGivenUp: Surprise = {
  code: 'slot-given-up',
  rule: 'A task is replaced only as its restart policy allows: never with `none`, not after exit code 0 with `on-failure`, and not when max_attempts are used up, whatever ended it.',
  recognise({ name, tasks, removedAt }) {
    if (removedAt !== undefined) return undefined;
    const latest = new Map<string, TaskStory>();
    for (const task of tasks) if (task.slot > 0) latest.set(placeOf(task), task);
    // A replacement is made in the instant in which its task is found to have ended.
    const empty = [...latest.values()].filter((task) => task.end !== undefined && !task.isRemoved && !task.isOfJob);
    const [first] = empty;
    if (!first) return undefined;
    return {
      at: first.end!.at,
      text: `${empty.length === 1 ? `slot ${first.slot} of ${name} is` : `${empty.length} slots of ${name} are`} left empty: the last task ended ${first.end!.state}, and its restart policy lets no other take its place`,
    };
  },
};
