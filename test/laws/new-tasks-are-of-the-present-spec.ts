import { deepEqual } from '../../src/base/index.ts';
import { type Law, nameOf, type TaskChange } from '../../src/fast-check/laws/swarm/law.ts';

/**
 * Whoever creates it: an updater, a restart, a scale-up. The version on it may be older, where the same specification was
 * submitted again while an updater was at work.
 */
export const newTasksAreOfThePresentSpec: Law = {
  sentence: 'a new task is a copy of the current task specification',
  needsInstantWrites: true,
  watch: () => ({
    committed: ({ changes, view }) =>
      changes
        .filter((change): change is TaskChange => change.table === 'tasks')
        .flatMap((change) => {
          if (change.kind !== 'create') return [];
          const service = view.services.get(change.after.serviceId);
          return !service || deepEqual(change.after.spec, service.spec.task)
            ? []
            : [`${nameOf(change.after)} was made from version ${change.after.specVersion}`];
        }),
  }),
};
