import { isDrainedAt, NO_LONGER_FITS, nodeWasDownAfter } from './nodes.ts';
import type { Story, TaskStory } from './story.ts';
import type { Surprise } from './surprise.ts';

export const noFailureCounted: Surprise = {
  code: 'no-failure-counted',
  rule: 'While an update is watched every end of a new task is a failure of the release: a clean exit, a drain, a label that is taken away, the return of a lost node.',
  recognise(service, story) {
    for (const { at, state, message } of service.statuses) {
      if (state !== 'paused' && state !== 'rollback_started') continue;
      const id = /early termination of task (\S+)$/.exec(message)?.[1];
      const task = service.tasks.find((candidate) => candidate.task === id);
      const why = task && reasonOf(task, story);
      if (why === undefined) continue;
      const what = state === 'paused' ? 'paused' : 'rolled back';
      return { at, text: `${service.name} was ${what} for a task that did not fail: in slot ${task!.slot} it ${why}` };
    }
    return undefined;
  },
};

function reasonOf({ end, node, createdAt }: TaskStory, story: Story): string | undefined {
  if (end?.err === NO_LONGER_FITS) return `was put off ${node}, which no longer met its constraints`;
  if (end?.state !== 'COMPLETE' && end?.state !== 'SHUTDOWN' && end?.state !== 'ORPHANED') return undefined;
  if (nodeWasDownAfter(story, node, createdAt)) return `was lost with ${node}, and that node has come back`;
  if (isDrainedAt(story, node, end.at)) return `had to leave ${node}, which was drained`;
  return end.state === 'COMPLETE' ? 'ended by itself with exit code 0' : 'was stopped';
}
