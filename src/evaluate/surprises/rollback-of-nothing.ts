import type { Surprise } from './surprise.ts';

export const rollbackOfNothing: Surprise = {
  code: 'rollback-of-nothing',
  rule: 'Deploying the same specification once more replaces the previous one that is kept: from then on a rollback goes back to what runs.',
  recognise({ name, statuses, edits }) {
    for (const { at, state, message } of statuses) {
      const isByHand = state === 'rollback_started' && message.startsWith('manually');
      if (isByHand && edits.length > 0 && !edits.some((edit) => edit.at === at))
        return { at, text: `the rollback of ${name} changed nothing: the specification before it was the same` };
    }
    return undefined;
  },
};
