import { nodeWasDownAfter } from './nodes.ts';
import type { Surprise } from './surprise.ts';

export const jobWaitsForLostNode: Surprise = {
  code: 'job-waits-for-lost-node',
  rule: 'Jobs do not look at nodes: a task of a job whose node is drained, cut off or dead is not started anywhere else until it is known to have ended, for up to 24 hours.',
  recognise({ name, tasks, removedAt }, story) {
    if (removedAt !== undefined) return undefined;
    const waiting = tasks.find(
      ({ isOfJob, isRemoved, placedAt, end, node }) =>
        isOfJob && !isRemoved && end === undefined && placedAt !== undefined && nodeWasDownAfter(story, node, placedAt),
    );
    return (
      waiting && {
        at: waiting.placedAt!,
        text: `the job ${name} waits for its task on ${waiting.node}, which is lost: no other takes its place`,
      }
    );
  },
};
