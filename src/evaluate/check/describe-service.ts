import { setting } from '../words.ts';
import type { Subject } from './subject.ts';

/** A service's policy in one line: `6 replicas, update 3 at a time, start-first, rollback on failure`. */
export function describeService(subject: Subject): string {
  const { update, hostPort, spec } = subject;
  const { mode } = spec;
  const size = mode.kind === 'replicated' ? `${mode.replicas} replica${mode.replicas === 1 ? '' : 's'}` : mode.kind;
  const port = hostPort === undefined ? [] : [`port ${hostPort} in host mode`];
  if (subject.isJob) return [size, ...port].join(', ');
  const pace = update.parallelism === 0 ? 'update all at once' : `update ${update.parallelism} at a time`;
  const delay = update.delay > 0 ? [`${setting(update.delay)} apart`] : [];
  return [size, ...port, pace, ...delay, update.order, `${update.failureAction} on failure`].join(', ');
}
