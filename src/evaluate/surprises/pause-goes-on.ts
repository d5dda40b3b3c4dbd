import type { Surprise } from './surprise.ts';

export const pauseGoesOn: Surprise = {
  code: 'pause-goes-on',
  rule: 'A pause stops the updater and nothing else: slots in progress are finished, and whatever fails or dies is replaced by a task of the new version.',
  recognise({ name, statuses, edits, tasks }) {
    const paused = statuses.find(({ state }) => state === 'paused');
    if (!paused) return undefined;
    const until = edits.find(({ at }) => at > paused.at)?.at ?? Number.POSITIVE_INFINITY;
    const made = tasks.filter(({ createdAt }) => createdAt > paused.at && createdAt < until);
    if (made.length === 0) return undefined;
    return {
      at: paused.at,
      text: `the update of ${name} is paused, and still ${made.length} task${made.length === 1 ? ' of the new version was' : 's of the new version were'} made since`,
    };
  },
};
