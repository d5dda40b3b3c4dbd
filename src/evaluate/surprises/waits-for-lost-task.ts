import { nodeWasDownAfter } from './nodes.ts';
import { lastStatus } from './story.ts';
import type { Surprise } from './surprise.ts';

export const waitsForLostTask: Surprise = {
  code: 'waits-for-lost-task',
  rule: 'An updater waits for the task that it made; when the node of that task is lost, a replacement does not end the wait.',
  recognise(service, story) {
    const status = lastStatus(service);
    if (status?.state !== 'updating' && status?.state !== 'rollback_started') return undefined;
    const lost = service.tasks.find(
      ({ createdAt, placedAt, runningFrom, end, node }) =>
        createdAt >= status.at &&
        placedAt !== undefined &&
        runningFrom === undefined &&
        end === undefined &&
        nodeWasDownAfter(story, node, placedAt),
    );
    if (!lost) return undefined;
    return {
      at: lost.placedAt!,
      text: `the update of ${service.name} waits for its task in slot ${lost.slot}, which was starting on ${lost.node} when that node was lost; its replacement does not count`,
    };
  },
};
