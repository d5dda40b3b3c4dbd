import { type Task, TaskState } from '../../../api/index.ts';
import { deepEqual } from '../../../base/index.ts';
import { type Law, nameOf, type TaskUpdate, taskUpdates } from './law.ts';

/** A task runs one specification in one slot on one node; anything else is another task. */
export const tasksStayWhatTheyAre: Law = {
  sentence: 'the scheduler never moves a task; a task keeps the copy of the specification that it was made from',
  watch: () => ({ committed: (commit) => taskUpdates(commit).flatMap(breaches) }),
};

const KEPT = ['serviceId', 'slot', 'specVersion', 'jobIteration', 'createdAt'] as const satisfies (keyof Task)[];

function breaches({ before, after }: TaskUpdate): string[] {
  const changed: string[] = KEPT.filter((key) => before[key] !== after[key]);
  if (before.spec !== after.spec && !deepEqual(before.spec, after.spec)) changed.push('spec');
  // Where several commits are seen as one, it may have gone on.
  const isPlaced = before.nodeId === '' && after.status.state >= TaskState.ASSIGNED;
  if (before.nodeId !== after.nodeId && !isPlaced) changed.push('nodeId');
  return changed.map((key) => `${nameOf(after)} has another ${key}`);
}
