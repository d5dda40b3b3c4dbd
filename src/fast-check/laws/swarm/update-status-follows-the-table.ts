import type { Service, UpdateState } from '../../../api/index.ts';
import { type Law, type ServiceUpdate, serviceUpdates } from './law.ts';

type Status = UpdateState | 'none';

/**
 * What an updater or a manual rollback may make of each status. Any other update of a service clears it. An updater that
 * was told to roll a rollback back goes on to its end: "rollback_paused" is overwritten by "completed" (18.18), and where
 * a second failure comes before that, "paused" is.
 */
const NEXT: Readonly<Record<Status, readonly Status[]>> = {
  none: ['updating', 'rollback_started'],
  updating: ['paused', 'completed', 'rollback_started', 'none'],
  paused: ['rollback_started', 'none'],
  completed: ['completed', 'paused', 'rollback_started', 'none'],
  rollback_started: ['rollback_started', 'rollback_paused', 'rollback_completed', 'none'],
  rollback_paused: ['paused', 'completed', 'rollback_started', 'none'],
  rollback_completed: ['completed', 'paused', 'rollback_started', 'none'],
};

const MESSAGES: Readonly<Record<Exclude<Status, 'none'>, RegExp>> = {
  updating: /^update in progress$/,
  paused: /^(update|rollback) paused due to failure or early termination of task \S+$/,
  completed: /^update completed$/,
  rollback_started:
    /^(manually requested rollback|update rolled back due to failure or early termination of task \S+)$/,
  rollback_paused: /^(update|rollback) paused due to failure or early termination of task \S+$/,
  rollback_completed: /^rollback completed$/,
};

export const updateStatusFollowsTheTable: Law = {
  sentence: 'the states of an update, their messages, and by whom each is entered (7.9)',
  watch: () => ({ committed: (commit) => serviceUpdates(commit).flatMap(breaches) }),
};

function breaches({ before, after }: ServiceUpdate): string[] {
  const from = statusOf(before);
  const to = statusOf(after);
  const { name } = after.spec;
  const problems: string[] = [];
  const next = from === 'paused' && isRollback(before) ? [...NEXT.paused, 'completed' as const] : NEXT[from];
  if (from !== to && !next.includes(to)) problems.push(`${name} went from ${from} to ${to}`);
  if (to !== 'none' && !MESSAGES[to].test(after.updateStatus?.message ?? ''))
    problems.push(`${name} is ${to} with the message "${after.updateStatus?.message}"`);
  if (after.spec !== before.spec && to !== 'none' && to !== 'rollback_started')
    problems.push(`${name} has a new specification and is ${to} all the same`);
  const isOver = to === 'completed' || to === 'rollback_completed';
  if (isOver && after.updateStatus?.completedAt === undefined) problems.push(`${name} is ${to}, but not since when`);
  return problems;
}

function isRollback({ updateStatus }: Service): boolean {
  return updateStatus?.message.startsWith('rollback ') === true;
}

function statusOf({ updateStatus }: Service): Status {
  return updateStatus?.state ?? 'none';
}
