/** What matchers are used on: told by what it has, so that it does not matter through which door it was imported. */
import { DryswarmError } from '../base/index.ts';
import type { ObservedSwarm, ServiceHandle, Swarm } from '../swarm/index.ts';

/** @throws DryswarmError (`wrong-subject`) */
export function serviceIn(received: unknown, matcher: string): ServiceHandle {
  if (isService(received)) return received;
  throw wrongSubject(matcher, "a service, as `swarm.service('web')` returns it", received);
}

/** @throws DryswarmError (`wrong-subject`) */
export function swarmIn(received: unknown, matcher: string): Swarm {
  if (isSwarm(received)) return received;
  throw wrongSubject(matcher, 'a swarm', received);
}

/** @throws DryswarmError (`wrong-subject`) */
export function eitherIn(received: unknown, matcher: string): Swarm | ServiceHandle {
  if (isSwarm(received) || isService(received)) return received;
  throw wrongSubject(matcher, 'a swarm or a service', received);
}

export function isSwarm(received: unknown): received is Swarm {
  return has(received, ['services', 'trace', 'underWay']);
}

function isService(received: unknown): received is ServiceHandle {
  return has(received, ['swarm', 'updateStatus', 'tasks']);
}

function has(received: unknown, keys: readonly string[]): boolean {
  return typeof received === 'object' && received !== null && keys.every((key) => key in received);
}

function wrongSubject(matcher: string, what: string, received: unknown): DryswarmError {
  const kind = received === null ? 'null' : typeof received === 'object' ? 'another object' : typeof received;
  return new DryswarmError('wrong-subject', `${matcher} is about ${what}, and not about ${kind}`);
}

/** What a matcher reads the past from. @throws DryswarmError (`no-trace`) where the past was not kept. */
export function requireHistory(swarm: ObservedSwarm, matcher: string): void {
  if (swarm.trace.records[0]?.seq === 1) return;
  throw new DryswarmError(
    'no-trace',
    `${matcher} looks at all that has happened, and this swarm does not keep all of its trace`,
    "leave the option 'trace' of createSwarm out",
  );
}
