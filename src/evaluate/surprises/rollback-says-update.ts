import type { Surprise } from './surprise.ts';

export const rollbackSaysUpdate: Surprise = {
  code: 'rollback-says-update',
  rule: 'A rollback that pauses by failure_action: pause has the message of an update; and one that should roll back again is told another failure later to be a paused update.',
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
