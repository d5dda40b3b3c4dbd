import type { Surprise } from './surprise.ts';

export const jobIgnoresDrain: Surprise = {
  code: 'job-ignores-drain',
  rule: 'Jobs do not look at nodes: a task of a job runs to its end on a node that is drained, however long that takes.',
  recognise({ name, tasks }, story) {
    for (const drained of story.of('node.changed')) {
      if (drained.availability !== 'drain') continue;
      const task = tasks.find(
        ({ isOfJob, node, placedAt, stopWantedAt, end }) =>
          isOfJob &&
          node === drained.name &&
          placedAt !== undefined &&
          placedAt < drained.at &&
          stopWantedAt === undefined &&
          (end === undefined || end.at > drained.at),
      );
      if (task)
        return {
          at: drained.at,
          text: `the task of the job ${name} on ${task.node} ran on when that node was drained`,
        };
    }
    return undefined;
  },
};
