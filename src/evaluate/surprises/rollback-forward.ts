import { rollbacksOf } from './rollbacks.ts';
import type { Surprise } from './surprise.ts';

export const rollbackForward: Surprise = {
  code: 'rollback-forward',
  rule: 'A rollback by hand exchanges the specification and the previous one: a second rollback goes forward again, to what the first one took back.',
  recognise(service) {
    const [first, second] = rollbacksOf(service).filter(({ isByHand }) => isByHand);
    if (!first?.edit || !second?.edit) return undefined;
    const between = service.edits.filter(({ at }) => at > first.status.at && at < second.status.at);
    if (between.length > 0) return undefined;
    return {
      at: second.status.at,
      text: `the second rollback of ${service.name} went forward again, to ${second.edit.image}, which the first one had taken back`,
    };
  },
};
