import type { Surprise } from './surprise.ts';

export const noJobForNewcomer: Surprise = {
  code: 'no-job-for-newcomer',
  rule: 'A global job looks for nodes when it is started, when one of its tasks ends and when it is updated: a node that joins after that gets no task.',
  recognise({ name, tasks, removedAt }, story) {
    const last = tasks.at(-1);
    if (removedAt !== undefined || !last?.isOfJob || !last.isBound) return undefined;
    const joined = story.of('node.added').find(({ at }) => at > last.createdAt);
    return joined
      ? {
          at: joined.at,
          text: `the job ${name} leaves out ${joined.name}, which joined when none of its tasks was left to end`,
        }
      : undefined;
  },
};
