import type { Surprise } from './surprise.ts';

export const rollbackOfScaling: Surprise = {
  code: 'rollback-of-scaling',
  rule: 'Every update of a service, also a scaling, becomes what a rollback goes back from: of "new image, then scale" a rollback undoes the scaling only.',
  recognise({ name, statuses, edits, tasks }) {
    for (const { at, state } of statuses) {
      if (state !== 'rollback_started') continue;
      const taken = edits.filter((edit) => edit.at <= at).at(-1);
      const given = edits.filter((edit) => edit.at < at);
      const images = [tasks[0]?.image, ...given.map(({ image }) => image)];
      const last = images.at(-1);
      if (!taken || last === undefined || taken.image !== last || images.every((image) => image === last)) continue;
      return {
        at,
        text: `the rollback of ${name} kept ${last}: it went back before the last update of the service, which was of something else`,
      };
    }
    return undefined;
  },
};
