import { byPlace, type TaskStory } from './story.ts';
import type { Surprise } from './surprise.ts';

export const jobRanTwice: Surprise = {
  code: 'job-ran-twice',
  rule: 'The orchestrator of jobs is not stopped when a manager ceases to lead: one that leads again has two of them, and each makes the tasks of a job.',
  recognise({ name, tasks }) {
    const places = [...byPlace(tasks).values()]
      .map((there) => there.filter((task) => there.some((other) => isBeside(task, other) || isBeside(other, task))))
      .filter(({ length }) => length > 0);
    const twice = places.flat();
    if (twice.length === 0) return undefined;
    return {
      at: Math.min(...twice.map(({ createdAt }) => createdAt)),
      text: `the job ${name} was run twice: ${twice.length} tasks were made for ${places.length} places`,
    };
  },
};

/** Made in the same run of the job, while the other one was still to do its work. */
function isBeside(task: TaskStory, other: TaskStory): boolean {
  const { createdAt: at } = task;
  return (
    task !== other &&
    task.isOfJob &&
    task.version === other.version &&
    at >= other.createdAt &&
    (other.end === undefined || other.end.at > at) &&
    (other.stopWantedAt === undefined || other.stopWantedAt > at)
  );
}
