import { count } from '../words.ts';
import { placeOf, type TaskStory } from './story.ts';
import type { Surprise } from './surprise.ts';

export const jobLeftUnfinished: Surprise = {
  code: 'job-left-unfinished',
  rule: 'A task of a job that its restart policy does not let start again leaves its place empty, and nothing says that the job will never be complete.',
  recognise({ name, tasks, removedAt }) {
    if (removedAt !== undefined) return undefined;
    const latest = new Map<string, TaskStory>();
    for (const task of tasks) if (task.isOfJob && !task.isRemoved) latest.set(placeOf(task), task);
    const last = [...latest.values()];
    const failed = last.filter(({ end }) => end !== undefined && end.state !== 'COMPLETE');
    if (failed.length === 0 || last.some(({ end }) => end === undefined)) return undefined;
    return {
      at: failed.at(-1)!.end!.at,
      text: `the job ${name} stays unfinished: ${count(failed.length, 'task')} of ${last.length} failed for good`,
    };
  },
};
