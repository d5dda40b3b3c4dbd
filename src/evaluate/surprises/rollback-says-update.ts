import type { Surprise } from './surprise.ts';

export const rollbackSaysUpdate: Surprise = {
  code: 'rollback-says-update',
  rule: 'A rollback that its failure_action pauses has the message of an update; one that was to roll back once more says that the rollback is paused, and after another failure that the update is.',
  recognise({ name, statuses }) {
    const wrong = statuses.find(
      ({ state, message }) =>
        (state === 'rollback_paused' && message.startsWith('update paused')) ||
        (state === 'paused' && message.startsWith('rollback paused')),
    );
    return (
      wrong && {
        at: wrong.at,
        text: `it is the rollback of ${name} that is paused, although its status is ${wrong.state} with the message "${wrong.message}"`,
      }
    );
  },
};
