import { taskStateName } from '../../../api/index.ts';
import { type Law, nameOf, taskUpdates } from './law.ts';

/** Reports of a lower state are dropped, whatever comes late or again. */
export const observedStatesOnlyGrow: Law = {
  sentence: 'observed state never moves to a lower number',
  watch: () => ({
    committed: (commit) =>
      taskUpdates(commit)
        .filter(({ before, after }) => after.status.state < before.status.state)
        .map(
          ({ before, after }) =>
            `${nameOf(after)} went from ${taskStateName(before.status.state)} to ${taskStateName(after.status.state)}`,
        ),
  }),
};
