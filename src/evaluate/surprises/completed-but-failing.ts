import type { Surprise } from './surprise.ts';

export const completedButFailing: Surprise = {
  code: 'completed-but-failing',
  rule: '"completed" says that every slot was changed and the monitor period is over, not that tasks run; later failures are nobody\'s business.',
  recognise({ name, statuses, tasks, edits }) {
    for (const { at, state } of statuses) {
      if (state !== 'completed' && state !== 'rollback_completed') continue;
      const until = edits.find((edit) => edit.at > at)?.at ?? Number.POSITIVE_INFINITY;
      const failed = tasks.filter(({ end }) => end?.state === 'FAILED' && end.at >= at && end.at < until);
      if (failed.length === 0) continue;
      const before = tasks.filter(({ end }) => end?.state === 'FAILED' && end.at < at).length;
      const unwatched = before > 0 ? '; those that had failed before were not watched, or too late' : '';
      return {
        at,
        text: `the update of ${name} is ${state}, and ${failed.length} of its tasks have failed since${unwatched}`,
      };
    }
    return undefined;
  },
};
