import { count } from '../words.ts';
import type { Surprise } from './surprise.ts';

export const lostTasksCount: Surprise = {
  code: 'lost-tasks-count',
  rule: 'The tasks of a node that is down keep the state that was reported last, and count as running for up to 24 hours beside their replacements.',
  recognise({ name, tasks }, story) {
    const changes = story.of('node.changed');
    for (const record of changes) {
      if (record.state !== 'down' || changes.some((other) => other.name === record.name && other.seq > record.seq))
        continue;
      const lost = tasks.filter(
        ({ node, runningFrom, end }) => node === record.name && runningFrom !== undefined && end === undefined,
      );
      if (lost.length === 0) continue;
      return {
        at: record.at,
        text: `${count(lost.length, 'task')} of ${name} on ${record.name}, which is down, still count${lost.length === 1 ? 's' : ''} as running`,
      };
    }
    return undefined;
  },
};
