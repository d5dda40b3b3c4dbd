import { count } from '../words.ts';
import type { Surprise } from './surprise.ts';

export const placedUnwanted: Surprise = {
  code: 'placed-unwanted',
  rule: 'The scheduler does not ask whether a task is still wanted: one that is to be shut down before it has a node is given one all the same, is accepted there and then shut down.',
  recognise({ name, tasks }) {
    const placed = tasks.filter(
      ({ stopWantedAt, placedAt, isRemoved }) =>
        !isRemoved && stopWantedAt !== undefined && placedAt !== undefined && placedAt > stopWantedAt,
    );
    const [first] = placed;
    return (
      first && {
        at: first.placedAt!,
        text: `${count(placed.length, 'task')} of ${name} got a node although ${placed.length === 1 ? 'it was' : 'they were'} to be shut down already`,
      }
    );
  },
};
