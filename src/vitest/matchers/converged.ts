/** Whether what runs is what was asked for. */
import { TaskState } from '../../api/index.ts';
import { isTaskDirty } from '../../manager/index.ts';
import { nameOfTask, type ServiceHandle } from '../../swarm/index.ts';
import { eitherIn, isSwarm } from '../subject.ts';
import type { Verdict } from '../verdict.ts';

/**
 * Every task that is wanted runs, with the specification of today, and nothing is under way. A swarm has converged when
 * all its services have.
 */
export function toHaveConverged(received: unknown): Verdict {
  const subject = eitherIn(received, 'toHaveConverged');
  const isAll = isSwarm(subject);
  const reasons = isAll
    ? [...subject.underWay(), ...subject.services.all().flatMap(shortOf)]
    : [...underWay(subject), ...shortOf(subject)];
  return {
    pass: reasons.length === 0,
    swarm: isAll ? subject : subject.swarm,
    subject: isAll ? 'the swarm' : subject.name,
    ...(!isAll && { service: subject.name }),
    expected: 'to have converged',
    found: reasons.length === 0 ? 'everything is as it is wanted' : reasons.join('; '),
  };
}

function underWay({ swarm, name }: ServiceHandle): string[] {
  return swarm.underWay().filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}.`));
}

/** What a service lacks although nothing is under way: a paused update leaves the old tasks where they are. */
function shortOf(service: ServiceHandle): string[] {
  const { object, name, swarm } = service;
  const { mode } = object.spec;
  if (mode.kind !== 'replicated' && mode.kind !== 'global') return [];
  const running = service
    .tasks()
    .filter(({ desiredState, status }) => desiredState === TaskState.RUNNING && status.state === TaskState.RUNNING);
  const old = running.filter((task) => isTaskDirty(object, task, swarm.view.nodes.get(task.nodeId)));
  return [
    ...(mode.kind === 'replicated' && running.length !== mode.replicas
      ? [`${name} has ${running.length} of ${mode.replicas} tasks running`]
      : []),
    ...(old.length > 0
      ? [`${old.map(nameOfTask).join(', ')} still ${old.length === 1 ? 'has' : 'have'} an older specification`]
      : []),
  ];
}
