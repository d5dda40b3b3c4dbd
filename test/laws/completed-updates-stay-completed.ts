import type { Law } from '../../src/fast-check/laws/swarm/law.ts';
import { serviceUpdates, taskUpdates } from '../../src/fast-check/laws/swarm/law.ts';

/** A run, a silent second one for what the first has left (7.8), and one in reserve. */
const MOST_COMPLETIONS = 3;

/** Only what happens to its tasks or nodes gives an updater new work, or a new leader, who looks at everything again. */
export const completedUpdatesStayCompleted: Law = {
  sentence: 'writing the final status reconciles again; if every slot has one clean task, nothing happens',
  watch() {
    const completions = new Map<string, number>();
    return {
      committed(commit) {
        if (commit.changes.some(({ table }) => table === 'nodes')) completions.clear();
        for (const { before, after } of taskUpdates(commit))
          if (after.status.state !== before.status.state) completions.delete(after.serviceId);
        return serviceUpdates(commit).flatMap(({ before, after }) => {
          if (after.spec !== before.spec || after.updateStatus?.completedAt === undefined) {
            completions.delete(after.id);
            return [];
          }
          const count = (completions.get(after.id) ?? 0) + 1;
          completions.set(after.id, count);
          return count > MOST_COMPLETIONS ? [`${after.spec.name} was completed ${count} times in a row`] : [];
        });
      },
    };
  },
};
