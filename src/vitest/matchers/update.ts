/** How the last release of a service has ended. */
import { METRICS, type Outcome, observeService, type StatusChange } from '../../evaluate/index.ts';
import { formatInstant } from '../../swarm/index.ts';
import { requireHistory, serviceIn } from '../subject.ts';
import type { Verdict } from '../verdict.ts';

/** The last change of the specification was rolled out to the end. */
export function toHaveCompletedUpdate(received: unknown): Verdict {
  return judge(received, 'toHaveCompletedUpdate', 'completed', 'to have completed its update');
}

/** The last change of the specification was rolled back, by Swarm or by request, to the end. */
export function toHaveRolledBack(received: unknown): Verdict {
  return judge(received, 'toHaveRolledBack', 'rolled back', 'to have rolled back');
}

/** The last change of the specification has stopped after a failure, and waits for somebody. */
export function toHavePausedUpdate(received: unknown): Verdict {
  return judge(received, 'toHavePausedUpdate', 'paused', 'to have paused its update');
}

function judge(received: unknown, matcher: string, wanted: Outcome, expected: string): Verdict {
  const service = serviceIn(received, matcher);
  const { swarm, id, name } = service;
  requireHistory(swarm, matcher);
  const history = observeService(swarm, id);
  const outcome = METRICS.outcome.measure(history);
  const last = history.statuses[history.statuses.length - 1];
  // Where the release took its turn says more than where that ended.
  const turn = history.statuses.find(({ state }) => state === 'rollback_started' || state === 'paused') ?? last;
  return {
    pass: outcome === wanted,
    swarm,
    subject: name,
    service: name,
    expected,
    found: found(outcome, last),
    where: { from: turn?.at ?? history.from, until: last?.at ?? history.until },
  };
}

function found(outcome: Outcome, last: StatusChange | undefined): string {
  const when = last === undefined ? '' : ` at ${formatInstant(last.at)}`;
  const why = last === undefined || last.message === '' ? '' : `: ${last.message}`;
  switch (outcome) {
    case 'completed':
      return `its update was completed${when}`;
    case 'rolled back':
      return `it was rolled back${when}`;
    case 'paused':
      return `its update was paused${when}${why}`;
    case 'rollback paused':
      return `its rollback was paused${when}${why}`;
    case 'stuck':
      return last?.state === 'rollback_started'
        ? `its rollback has been going on since ${formatInstant(last.at)}`
        : `its update has been going on since ${formatInstant(last?.at ?? 0)}`;
    case 'created':
      return 'it was created, and not updated since';
    case 'unchanged':
      return 'its last specification changed nothing that needs new tasks';
  }
}
