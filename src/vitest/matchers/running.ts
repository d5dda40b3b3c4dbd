/** How many tasks of a service ran, now and over time. */

import { DryswarmError, type Instant } from '../../base/index.ts';
import { observeService, runningOverTime } from '../../evaluate/index.ts';
import { formatInstant, type ServiceHandle } from '../../swarm/index.ts';
import { requireHistory, serviceIn } from '../subject.ts';
import type { Verdict } from '../verdict.ts';

export interface KeptRunningOptions {
  /** The fewest tasks that may run at any moment. */
  readonly atLeast: number;
  /** From when on; default: from the first moment at which so many ran. */
  readonly since?: Instant;
}

export interface StayedAvailableOptions {
  /** From when on; default: from the first moment at which enough tasks ran. */
  readonly since?: Instant;
}

export function toHaveRunning(received: unknown, count: number): Verdict {
  const service = serviceIn(received, 'toHaveRunning');
  const { swarm, name, running } = service;
  return {
    pass: running === count,
    swarm,
    subject: name,
    service: name,
    expected: `to have ${tasks(count)} running`,
    found: `${running} ${running === 1 ? 'runs' : 'run'}`,
  };
}

export function toHaveKeptRunning(received: unknown, { atLeast, since }: KeptRunningOptions): Verdict {
  const service = serviceIn(received, 'toHaveKeptRunning');
  const expected = `to have kept at least ${tasks(atLeast)} running`;
  return judge(service, 'toHaveKeptRunning', { atLeast, since, expected });
}

export function toHaveStayedAvailable(
  received: unknown,
  ratio: number,
  { since }: StayedAvailableOptions = {},
): Verdict {
  const service = serviceIn(received, 'toHaveStayedAvailable');
  if (!(ratio >= 0 && ratio <= 1)) {
    throw new DryswarmError(
      'invalid-ratio',
      `toHaveStayedAvailable: ${ratio} is not between 0 and 1`,
      'write 0.75 for 75 %',
    );
  }
  requireHistory(service.swarm, 'toHaveStayedAvailable');
  const { wanted } = observeService(service.swarm, service.id, service.swarm.now);
  // Just below a whole number is that number: 0.7 * 10 must not become 8.
  const atLeast = Math.ceil(ratio * wanted - 1e-9);
  const expected = `to have stayed available to ${percentage(ratio)} (${atLeast} of ${tasks(wanted)})`;
  return judge(service, 'toHaveStayedAvailable', { atLeast, since, expected });
}

interface Wanted {
  readonly atLeast: number;
  readonly since: Instant | undefined;
  readonly expected: string;
}

function judge({ swarm, id, name }: ServiceHandle, matcher: string, { atLeast, since, expected }: Wanted): Verdict {
  requireHistory(swarm, matcher);
  const all = runningOverTime(observeService(swarm, id, since ?? 0));
  const begin = since === undefined ? all.findIndex(([, count]) => count >= atLeast) : 0;
  const about = { swarm, subject: name, service: name, expected };
  if (begin < 0) {
    const [at, most] = all.reduce((highest, point) => (point[1] > highest[1] ? point : highest));
    return {
      ...about,
      pass: false,
      found: `there were never so many: the most was ${most}`,
      where: { from: at, until: swarm.now },
    };
  }
  const line = all.slice(begin);
  const [from, lowest] = line.reduce((least, point) => (point[1] < least[1] ? point : least));
  const until = line.find(([at, count]) => at > from && count > lowest)?.[0];
  const how =
    until === undefined ? `since ${formatInstant(from)}` : `from ${formatInstant(from)} to ${formatInstant(until)}`;
  return {
    ...about,
    pass: lowest >= atLeast,
    found: `the lowest was ${lowest}, ${how}`,
    where: { from, until: until ?? swarm.now },
  };
}

function tasks(count: number): string {
  return `${count} ${count === 1 ? 'task' : 'tasks'}`;
}

function percentage(ratio: number): string {
  return `${Number((ratio * 100).toFixed(2))} %`;
}
