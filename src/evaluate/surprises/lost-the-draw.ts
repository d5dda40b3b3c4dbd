import type { Surprise } from './surprise.ts';

export const lostTheDraw: Surprise = {
  code: 'lost-the-draw',
  rule: 'Services whose tasks wait for a node at the same time are placed one after the other, in an order that is left to chance: what the first takes is not there for the next.',
  recognise({ service, name }, story) {
    const others = story.of('task.placed').filter((placed) => placed.service !== service && placed.total !== undefined);
    for (const refused of story.of('task.unplaced')) {
      if (refused.service !== service || !OF_ROOM.test(refused.err)) continue;
      const before = others.find(({ at, seq }) => at === refused.at && seq < refused.seq);
      if (!before) continue;
      return {
        at: refused.at,
        text: `${name} found no room in the instant in which ${before.name} took some: with other luck it would have been the other way round`,
      };
    }
    return undefined;
  },
};

/** What another service can be in the way of. */
const OF_ROOM = /insufficient resources|host-mode port already in use/;
