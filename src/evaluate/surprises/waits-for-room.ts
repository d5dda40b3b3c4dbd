import { lastStatus } from './story.ts';
import type { Surprise } from './surprise.ts';

export const waitsForRoom: Surprise = {
  code: 'waits-for-room',
  rule: 'An update waits for a new task to run without any time limit, and a task that no node takes is no failure.',
  recognise(service) {
    const status = lastStatus(service);
    if (status?.state !== 'updating' && status?.state !== 'rollback_started') return undefined;
    const waiting = service.tasks.find(
      ({ createdAt, placedAt, unplaced, stopWantedAt }) =>
        createdAt >= status.at && placedAt === undefined && unplaced !== undefined && stopWantedAt === undefined,
    );
    if (!waiting) return undefined;
    return {
      at: waiting.createdAt,
      text: `the update of ${service.name} waits for its task in slot ${waiting.slot}, which no node takes: ${waiting.unplaced}`,
    };
  },
};
