import type { Surprise } from './surprise.ts';

export const updatedOnActivation: Surprise = {
  code: 'updated-on-activation',
  rule: 'A node that is made active again gets the present version of a global service at once, outside of any update: neither parallelism nor delay, monitor or failure action hold.',
  recognise({ name, tasks }, story) {
    for (const record of story.of('node.changed')) {
      if (record.availability !== 'active') continue;
      const made = tasks.find(
        ({ slot, node, createdAt }) => slot === 0 && node === record.name && createdAt === record.at,
      );
      const before = tasks.filter(({ node, createdAt }) => made && node === made.node && createdAt < made.createdAt);
      const old = before.at(-1);
      if (!made || !old || old.image === made.image || (old.end !== undefined && old.end.at < record.at)) continue;
      return {
        at: record.at,
        text: `${name} on ${record.name} went from ${old.image} to ${made.image} as soon as that node was active again, without an update`,
      };
    }
    return undefined;
  },
};
