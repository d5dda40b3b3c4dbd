import { rollbacksOf } from './rollbacks.ts';
import type { Surprise } from './surprise.ts';

export const rollbackByOlderPolicy: Surprise = {
  code: 'rollback-by-older-policy',
  rule: 'A rollback goes by the rollback_config of the specification that it goes back to; one that was deployed with the bad release has no say.',
  recognise(service) {
    const older = rollbacksOf(service).find(({ edit }) => edit?.changed.includes('rollback'));
    return (
      older && {
        at: older.status.at,
        text: `the rollback of ${service.name} goes by the rollback_config of before, not by the one that was deployed with what it takes back`,
      }
    );
  },
};
