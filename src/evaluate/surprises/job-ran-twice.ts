import { byPlace, type TaskStory } from './story.ts';
import type { Surprise } from './surprise.ts';

export const jobRanTwice: Surprise = {
  code: 'job-ran-twice',
  rule: 'The orchestrator of jobs is not stopped when a manager ceases to lead: one that leads again has two of them, and each makes the tasks of a job.',
  recognise({ name, tasks }) {
    const places = [...byPlace(tasks).values()]
      .map((there) => there.filter((task) => there.some((other) => other !== task && isBeside(task, other))))
      .filter(({ length }) => length > 0);
    const twice = places.flat();
    if (twice.length === 0) return undefined;
    return {
      at: Math.min(...twice.map(({ createdAt }) => createdAt)),
      text: `the job ${name} was run twice: ${twice.length} tasks were made for ${places.length} places`,
    };
  },
};

/** Made for the same place in the same run of the job, and neither in the place of the other. */
function isBeside(task: TaskStory, other: TaskStory): boolean {
  return (
    task.isOfJob &&
    other.isOfJob &&
    task.version === other.version &&
    isThere(task, other.createdAt) &&
    isThere(other, task.createdAt)
  );
}

function isThere({ createdAt, stopWantedAt, end }: TaskStory, at: number): boolean {
  return (end === undefined || end.at > at) && (stopWantedAt === undefined || stopWantedAt > at || createdAt > at);
}
