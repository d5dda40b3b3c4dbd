import { count } from '../words.ts';
import { isUpdatingAt, runsAt } from './story.ts';
import type { Surprise } from './surprise.ts';

export const keptInPlace: Surprise = {
  code: 'kept-in-place',
  rule: 'A change of placement alone replaces the tasks whose node does not fit any more and leaves all others where they are: a new preference or a lower max_replicas_per_node moves nothing.',
  recognise(service, { end }) {
    const { name, edits, tasks } = service;
    for (const [index, { at, changed }] of edits.entries()) {
      const ofTasks = changed.filter((part) => part.startsWith('task.'));
      if (ofTasks.length !== 1 || ofTasks[0] !== 'task.placement') continue;
      const until = edits[index + 1]?.at ?? end;
      const before = tasks.filter((task) => runsAt(task, at));
      const kept = before.filter((task) => runsAt(task, until));
      if (kept.length === 0 || edits[index + 1]?.at === at || isUpdatingAt(service, until + 1)) continue;
      return {
        at,
        text: `${count(kept.length, 'task')} of ${before.length} of ${name} stayed where ${kept.length === 1 ? 'it was' : 'they were'} when only the placement changed`,
      };
    }
    return undefined;
  },
};
