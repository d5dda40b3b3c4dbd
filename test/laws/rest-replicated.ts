import { type Service, type Task, TaskState } from '../../src/api/index.ts';
import type { Law } from '../../src/fast-check/laws/swarm/law.ts';
import {
  isPaused,
  isUnderUpdate,
  mayWaitSilently,
  ServiceHistory,
} from '../../src/fast-check/laws/swarm/service-history.ts';
import { byServiceId, type ReadView } from '../../src/store/index.ts';

/**
 * Each replica has a slot, and each slot one task, which runs or waits for a node. Exceptions: a slot that ended for
 * good counts as present though nothing runs in it (18.35), and after a rollback it is not filled again (18.21); what a
 * paused, silenced or silent update leaves in a slot beside its task (18.11, 18.13, 7.8).
 */
export const restReplicated: Law = {
  sentence: 'once settled a replicated service has one task in each of as many slots as it has replicas',
  // On scale-down the copies read a moment earlier are written, so that a task which changed in between is missed (1.1).
  needsInstantWrites: true,
  watch() {
    const history = new ServiceHistory();
    return {
      committed: (commit) => history.note(commit),
      atRest: (view) =>
        view.services
          .all()
          .filter((service) => service.spec.mode.kind === 'replicated' && !isUnderUpdate(service))
          .flatMap((service) => breaches(view, service, history)),
    };
  },
};

function breaches(view: ReadView, service: Service, history: ServiceHistory): string[] {
  const { mode, name } = service.spec;
  const replicas = mode.kind === 'replicated' ? mode.replicas : 0;
  const wanted = view.tasks
    .find(byServiceId(service.id))
    .filter(({ desiredState }) => desiredState <= TaskState.RUNNING);
  const slots = new Map<number, Task[]>();
  for (const task of wanted) slots.set(task.slot, [...(slots.get(task.slot) ?? []), task]);
  const problems: string[] = [];
  if (slots.size > replicas) problems.push(`${name} has tasks in ${slots.size} slots for ${replicas} replicas`);
  if (slots.size < replicas && !history.mayEndForGood(service.id))
    problems.push(`${name} has tasks in ${slots.size} slots only for ${replicas} replicas`);
  if (isPaused(service) || history.wasSilenced(service.id)) return problems;
  for (const [slot, tasks] of slots)
    if (tasks.length > 1 && !mayWaitSilently(service, tasks))
      problems.push(`${name}.${slot} has ${tasks.length} wanted tasks`);
  return problems;
}
