import { rollbacksOf } from './rollbacks.ts';
import type { Surprise } from './surprise.ts';

export const noWayBack: Surprise = {
  code: 'no-way-back',
  rule: 'An automatic rollback uses up the previous specification: until the next update there is nothing to roll back to by hand.',
  recognise(service, story) {
    const automatic = rollbacksOf(service).find(({ isByHand }) => !isByHand);
    if (!automatic) return undefined;
    const refused = story
      .of('api.refused')
      .find(
        ({ seq, message }) =>
          seq > automatic.status.seq && message.includes(`service ${service.service} does not have a previous spec`),
      );
    return (
      refused && {
        at: refused.at,
        text: `${service.name} cannot be rolled back by hand: it has rolled back by itself, which leaves nothing to go back to`,
      }
    );
  },
};
