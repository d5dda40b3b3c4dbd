/** Sessions whose heartbeats are spared while nothing happens to them. */

import type { SessionNumber } from '../../api/index.ts';
import type { Instant, Micros } from '../../base/index.ts';
import { rhythmOf, setDeadline } from './node-store.ts';
import type { DispatcherSettings, DispatcherState, TrackedNode, Turn } from './state.ts';
import { timerOf } from './timers.ts';

/** The signal that brings a {@link Resumption}. */
export const HEARTBEATS_RESUMED = 'heartbeats-resumed';

/** How things stand with a session that has rested. */
export interface Resumption {
  readonly nodeId: string;
  readonly sessionId: string;
  /** How many periods it was given meanwhile, and before. */
  readonly periods: number;
  readonly deadline: Instant;
}

/** Whether the session rests after this heartbeat, to which the answer is `period`. */
export function rest(
  turn: Turn,
  nodeId: string,
  node: TrackedNode,
  { session, period }: { readonly session: SessionNumber; readonly period: Micros },
): boolean {
  const { ctx, options } = turn;
  if (!options.quiet) return false;
  const { sessionId, periods } = node;
  const beat = { session, sessionId, heardAt: ctx.now, period, periods, rhythm: rhythmOf(turn) };
  if (!options.quiet.rest(nodeId, beat)) return false;
  node.isResting = true;
  ctx.cancel(timerOf('node', nodeId));
  return true;
}

export function resume(turn: Turn, { nodeId, sessionId, periods, deadline }: Resumption): void {
  const node = turn.state.nodes.get(nodeId);
  if (!node?.isResting || node.sessionId !== sessionId) return;
  node.isResting = false;
  node.periods = periods;
  setDeadline(turn, nodeId, deadline);
}

/** Something changes for all sessions at once. */
export function disturbAll({ nodes }: DispatcherState, { quiet }: DispatcherSettings): void {
  for (const [nodeId, { isResting }] of nodes) if (isResting) quiet?.disturb(nodeId);
}
