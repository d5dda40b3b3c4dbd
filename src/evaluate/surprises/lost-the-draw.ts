import type { Surprise } from './surprise.ts';

export const lostTheDraw: Surprise = {
  code: 'lost-the-draw',
  rule: 'Services whose tasks wait for a node at the same time are placed one after the other, in an order that is left to chance: what the first takes is not there for the next.',
  recognise({ service, name }, { records }) {
    for (const [index, refused] of records.entries()) {
      if (refused.kind !== 'task.unplaced' || refused.service !== service || !OF_ROOM.test(refused.err)) continue;
      for (let before = index - 1; records[before]?.at === refused.at; before -= 1) {
        const record = records[before]!;
        if (record.kind !== 'task.placed' || record.service === service || record.total === undefined) continue;
        return {
          at: refused.at,
          text: `${name} found no room in the instant in which ${record.name} took some: with other luck it would have been the other way round`,
        };
      }
    }
    return undefined;
  },
};

/** What another service can be in the way of. */
const OF_ROOM = /insufficient resources|host-mode port already in use/;
