import { count } from '../words.ts';
import type { Surprise } from './surprise.ts';

export const strandedTasks: Surprise = {
  code: 'stranded-tasks',
  rule: 'A task that waits for a node is tried once more after a change of its service, a scaling for instance, and then never again until something touches it or another manager leads.',
  recognise({ name, tasks, edits }) {
    const stranded = tasks.filter(
      ({ unplaced, placedAt, stopWantedAt, createdAt }) =>
        unplaced !== undefined &&
        placedAt === undefined &&
        stopWantedAt === undefined &&
        edits.some(({ at }) => at > createdAt),
    );
    const [first] = stranded;
    if (!first) return undefined;
    const { at } = edits.find((edit) => edit.at > first.createdAt)!;
    return {
      at,
      text: `${count(stranded.length, 'task')} of ${name} had no node when the service was changed, and will not be tried again, whatever room there is`,
    };
  },
};
