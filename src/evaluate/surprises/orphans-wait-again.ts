import { count } from '../words.ts';
import type { ManagersSurprise } from './surprise.ts';

export const orphansWaitAgain: ManagersSurprise = {
  code: 'orphans-wait-again',
  rule: 'The 24 hours after which the tasks of a node that is down are given up begin anew with every new leader.',
  recognise({ records, services }) {
    const tasks = services.flatMap((service) => service.tasks);
    const down = new Set<string>();
    for (const record of records) {
      if (record.kind === 'node.removed') down.delete(record.name);
      else if (record.kind === 'node.changed') {
        if (record.state === 'down') down.add(record.name);
        else down.delete(record.name);
      } else if (record.kind === 'raft.leader-elected') {
        const waiting = tasks.filter(
          ({ node, placedAt, end }) =>
            down.has(node) &&
            placedAt !== undefined &&
            placedAt <= record.at &&
            (end === undefined || end.at > record.at),
        );
        const [first] = waiting;
        if (!first) continue;
        return {
          at: record.at,
          text: `${count(waiting.length, 'task')} on ${first.node}, which is down, ${waiting.length === 1 ? 'waits' : 'wait'} another 24 hours to be given up: ${record.node} leads now`,
        };
      }
    }
    return undefined;
  },
};
