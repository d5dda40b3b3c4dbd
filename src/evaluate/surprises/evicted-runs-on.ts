import { NO_LONGER_FITS } from './nodes.ts';
import type { Surprise } from './surprise.ts';

export const evictedRunsOn: Surprise = {
  code: 'evicted-runs-on',
  rule: 'A task that is put off its node for a label or a resource counts as ended at once, ports and reservations included; its container has yet to be stopped.',
  recognise({ name, tasks }, story) {
    for (const { task, slot, node, end } of tasks) {
      if (end?.err !== NO_LONGER_FITS) continue;
      const next = tasks.find(
        (other) => other.slot === slot && other.createdAt >= end.at && other.runningFrom !== undefined,
      );
      if (!next) continue;
      const exit = story.of('container.exited').find(({ container }) => container.endsWith(`.${task}`));
      if (exit && exit.at <= next.runningFrom!) continue;
      return {
        at: next.runningFrom!,
        text: `a task of ${name} ran in slot ${slot} beside the one that had been put off ${node}, which was still stopping`,
      };
    }
    return undefined;
  },
};
