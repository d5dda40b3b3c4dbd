import type { Instant } from '../../base/index.ts';
import { isUpdatingAt, placeOf, runsAt, type ServiceStory, type TaskStory } from './story.ts';
import type { Surprise } from './surprise.ts';

export const oldTasksStopped: Surprise = {
  code: 'old-tasks-stopped',
  rule: 'An updater that starts over, after any update of the service or under a new leader, uses the new task that it finds in a slot and stops the old one at once.',
  recognise(service, story) {
    const stopped = service.tasks.filter((task) => isStoppedEarly(task, service));
    const [first] = stopped;
    if (!first) return undefined;
    const at = first.stopWantedAt!;
    const together = stopped.filter((task) => task.stopWantedAt === at).length;
    const started = service.statuses[0]!.at;
    const elected = story.of('raft.leader-elected').some(({ at: when }) => when > started && isShortlyBefore(when, at));
    const cause = elected ? 'the change of the leader' : 'an update of the service, perhaps a scaling,';
    return {
      at,
      text: `${cause} during this start-first update stopped ${together} old task${together === 1 ? '' : 's'} of ${service.name} at once, before their successors ran`,
    };
  },
};

/** A running task that has to go although the one beside it, made earlier, does not run yet. */
function isStoppedEarly(task: TaskStory, service: ServiceStory): boolean {
  const { stopWantedAt: at } = task;
  if (at === undefined || !runsAt(task, at) || !isUpdatingAt(service, at + 1)) return false;
  const beside = service.tasks.filter((other) => other !== task && placeOf(other) === placeOf(task));
  return (
    beside.some((other) => other.version !== task.version && other.createdAt < at && isOnItsWay(other, at)) &&
    !beside.some((other) => runsAt(other, at))
  );
}

function isOnItsWay({ runningFrom, stopWantedAt, end }: TaskStory, at: Instant): boolean {
  return (
    (runningFrom === undefined || runningFrom > at) &&
    (stopWantedAt === undefined || stopWantedAt > at) &&
    (end === undefined || end.at > at)
  );
}

/** A new leader takes a moment to look at the tasks. */
function isShortlyBefore(when: Instant, at: Instant): boolean {
  return when <= at && at - when <= 2_000_000;
}
