import { taskStateName } from '../../../api/index.ts';
import { type Law, nameOf, taskUpdates } from './law.ts';

/** Nobody revives a task: what is to run in its place is a new one. */
export const desiredStatesOnlyGrow: Law = {
  sentence: 'desired states only grow',
  watch: () => ({
    committed: (commit) =>
      taskUpdates(commit)
        .filter(({ before, after }) => after.desiredState < before.desiredState)
        .map(
          ({ before, after }) =>
            `${nameOf(after)} was wanted ${taskStateName(before.desiredState)} and is wanted ${taskStateName(after.desiredState)}`,
        ),
  }),
};
