import { rollbacksOf } from './rollbacks.ts';
import type { ServiceStory } from './story.ts';
import type { Surprise } from './surprise.ts';

export const rolledBackToUnproven: Surprise = {
  code: 'rolled-back-to-unproven',
  rule: 'A rollback goes to the specification just before, whether or not that one ever worked: of updates that replace each other, to one that was never finished.',
  recognise(service) {
    const unproven = rollbacksOf(service).find(({ status }) => !isProven(service, status.at));
    return (
      unproven?.edit && {
        at: unproven.status.at,
        text: `the rollback of ${service.name} went to ${unproven.edit.image}, whose own update had been replaced before it was complete`,
      }
    );
  },
};

/** Whether an update to what a rollback goes back to has been completed, or it is what the service was created with. */
function isProven({ edits, statuses }: ServiceStory, at: number): boolean {
  const given = edits.filter((edit) => edit.at < at);
  const last = given.at(-1);
  const target = given
    .slice(0, -1)
    .filter(({ changed }) => changed.some((part) => part.startsWith('task.')))
    .at(-1);
  if (!last || !target) return true;
  return statuses.some(
    ({ state, at: when }) =>
      (state === 'completed' || state === 'rollback_completed') && when > target.at && when <= last.at,
  );
}
