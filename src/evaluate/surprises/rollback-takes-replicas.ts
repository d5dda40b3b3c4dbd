import { rollbacksOf } from './rollbacks.ts';
import type { Surprise } from './surprise.ts';

export const rollbackTakesReplicas: Surprise = {
  code: 'rollback-takes-replicas',
  rule: 'A rollback restores the whole previous specification: with the image the number of replicas, the configs, the labels and the policies of then.',
  recognise(service) {
    const taken = rollbacksOf(service).find(
      ({ edit }) => edit?.changed.includes('mode') && edit.changed.some((part) => part.startsWith('task.')),
    );
    return (
      taken && {
        at: taken.status.at,
        text: `the rollback of ${service.name} to ${taken.edit!.image} took back the number of replicas, too`,
      }
    );
  },
};
