import { count } from '../words.ts';
import type { RecordOf, Story, TaskStory } from './story.ts';
import type { Surprise } from './surprise.ts';

export const ranTwice: Surprise = {
  code: 'ran-twice',
  rule: 'A node that the managers do not hear counts as down, and its tasks are replaced; where it has only been cut off, they run on until it returns and is told to stop them.',
  recognise({ name, tasks }, story) {
    for (const down of story.of('node.changed')) {
      if (down.state !== 'down') continue;
      const back = returnOf(down, story);
      if (!back) continue;
      const twice = tasks.filter((task) => task.node === down.name && ranOn(task, down.at, back.at, tasks, story));
      if (twice.length === 0) continue;
      return {
        at: back.at,
        text: `${count(twice.length, 'task')} of ${name} ran twice for a while: on ${down.name}, which was taken for dead, ${twice.length === 1 ? 'it' : 'they'} had been running all along`,
      };
    }
    return undefined;
  },
};

function returnOf({ name, seq }: RecordOf<'node.changed'>, story: Story): RecordOf<'node.changed'> | undefined {
  return story
    .of('node.changed')
    .find((change) => change.name === name && change.state === 'ready' && change.seq > seq);
}

/** It ended only after its node had come back, and another task ran in its place by then. */
function ranOn(
  { task, slot, createdAt, runningFrom }: TaskStory,
  down: number,
  back: number,
  tasks: readonly TaskStory[],
  story: Story,
): boolean {
  if (slot === 0 || runningFrom === undefined || runningFrom > down) return false;
  const end = story.of('container.exited').find(({ container }) => container.endsWith(`.${task}`));
  const isReplaced = tasks.some(
    (other) => other.slot === slot && other.createdAt > createdAt && (other.runningFrom ?? back) < back,
  );
  return isReplaced && end !== undefined && end.at >= back;
}
