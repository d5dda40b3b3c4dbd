import { lastStatus } from './story.ts';
import type { Surprise } from './surprise.ts';

export const watchOff: Surprise = {
  code: 'watch-off',
  rule: 'An identical specification clears the status of an update that goes on; without a status neither its end nor its failures are acted upon.',
  recognise(service) {
    const last = lastStatus(service);
    const before = service.statuses.at(-2);
    if (last?.state !== 'none' || (before?.state !== 'updating' && before?.state !== 'rollback_started'))
      return undefined;
    return {
      at: last.at,
      text: `the same specification was submitted during the update of ${service.name}: its status is gone, and with it pause, rollback and completion`,
    };
  },
};
