/** The history of a service of any swarm, whoever has made it run. */
import type { Instant } from '../base/index.ts';
import type { ObservedSwarm } from '../swarm/index.ts';
import { type ServiceHistory, statusChanges, taskLives, wasRunning } from './history.ts';
import { isAbout } from './settle.ts';

/**
 * What became of a service since `since`; by default since its specification was last changed by request, or since it
 * was made. It is read from the trace, which therefore has to be kept in full.
 *
 * @param service The service's id.
 */
export function observeService(swarm: ObservedSwarm, service: string, since?: Instant): ServiceHistory {
  const { records } = swarm.trace;
  const tasks = taskLives(records, service);
  const specified = specifiedAt(swarm, service);
  const from = since ?? specified[specified.length - 1] ?? 0;
  const stored = swarm.view.services.get(service);
  const name = stored?.spec.name ?? service;
  const mode = stored?.spec.mode;
  return {
    name,
    from,
    until: swarm.now,
    wanted: mode?.kind === 'replicated' ? mode.replicas : tasks.filter((life) => wasRunning(life, from)).length,
    isNew: from <= (specified[0] ?? 0),
    newVersion: stored?.specVersion,
    statuses: statusChanges(records, service, from),
    tasks,
    isAtRest: !swarm.underWay().some((line) => isAbout(line, name)),
  };
}

/** When somebody asked for a specification: the first time for the service itself. A rollback by Swarm is none. */
function specifiedAt({ trace }: ObservedSwarm, service: string): Instant[] {
  return trace.records.flatMap((record) => {
    const isSpecified = record.kind === 'service.created' || record.kind === 'service.updated';
    return isSpecified && record.service === service && record.by.endsWith('/control-api') ? [record.at] : [];
  });
}
