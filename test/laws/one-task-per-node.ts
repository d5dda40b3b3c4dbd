import type { Service } from '../../src/api/index.ts';
import type { Law } from '../../src/fast-check/laws/swarm/law.ts';
import { Overlaps } from '../../src/fast-check/laws/swarm/overlaps.ts';
import { ServiceHistory } from '../../src/fast-check/laws/swarm/service-history.ts';

/**
 * Beside start-first there is one more reason: a node's event fills a slot that had ended for good, and the updater that
 * has the slot in hand as it was finds nothing to stop there and adds a task (swarmkit updater.go, removeOldTasks: no
 * error where none was wanted). Where writes take time, any node's event may cross an updater's step like this, since the
 * orchestrator reads before it queues.
 */
export const oneTaskPerNode: Law = {
  sentence: 'at most one task of a global service is wanted on a node at a time, unless an update goes start-first',
  needsInstantWrites: true,
  watch() {
    const overlaps = new Overlaps();
    const history = new ServiceHistory();
    return {
      committed(commit) {
        history.note(commit);
        return overlaps.breachesIn(commit, isGlobal, ({ id }) => history.mayEndForGood(id));
      },
    };
  },
};

function isGlobal({ spec }: Service): boolean {
  return spec.mode.kind === 'global';
}
