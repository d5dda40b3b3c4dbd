/** The nodes whose heartbeats are awaited (swarmkit manager/dispatcher/nodes.go, period.go). */
import { type Instant, type Micros, seconds } from '../../base/index.ts';
import { HashStream } from '../../sim/index.ts';
import type { Rhythm } from './options.ts';
import { NODE_NOT_REGISTERED, rateLimited, SESSION_INVALID } from './refusals.ts';
import type { DispatcherState, TrackedNode, Turn } from './state.ts';
import { timerOf } from './timers.ts';

/** A node is lost after this many periods without a heartbeat, */
export const GRACE = 3;
/** or, if it has not registered with this leader yet, after this many. */
const GRACE_UNKNOWN = 2 * GRACE;

const RATE_LIMIT = { count: 3, period: seconds(8) } as const;

/** A node that this leader has not heard of yet. */
export function trackUnknown(turn: Turn, nodeId: string): void {
  const { ctx, state, options } = turn;
  const offset = options.heartbeatJitter === 0 ? 0 : ctx.draw('dispatcher/unknown', 2 * options.heartbeatJitter);
  const period = periodFrom(rhythmOf(turn), offset);
  const node: TrackedNode = {
    sessionId: '',
    registeredAt: undefined,
    attempts: 0,
    periods: 0,
    isResting: false,
  };
  state.nodes.set(nodeId, node);
  setDeadline(turn, nodeId, ctx.now + GRACE_UNKNOWN * period);
}

/** Why this registration is refused, if it is. A node that is not tracked is not counted. */
export function rateRefusal({ ctx, state }: Turn, nodeId: string): string | undefined {
  const node = state.nodes.get(nodeId);
  if (!node) return undefined;
  if (node.registeredAt === undefined || ctx.now - node.registeredAt > RATE_LIMIT.period) node.attempts = 0;
  node.attempts += 1;
  if (node.attempts > RATE_LIMIT.count) return rateLimited(nodeId);
  node.registeredAt = ctx.now;
  return undefined;
}

/** Begins a session of the node, and ends the one that it may have had. Returns the new one's id. */
export function register(turn: Turn, nodeId: string): string {
  const { ctx, state } = turn;
  const before = state.nodes.get(nodeId);
  const node: TrackedNode = {
    sessionId: ctx.newId(),
    registeredAt: before?.registeredAt ?? ctx.now,
    attempts: before?.attempts ?? 0,
    periods: 0,
    isResting: false,
  };
  state.nodes.set(nodeId, node);
  beat(turn, nodeId, node);
  return node.sessionId;
}

/** Why the session is not the node's present one, if it is not. */
export function sessionRefusal({ nodes }: DispatcherState, nodeId: string, sessionId: string): string | undefined {
  const node = nodes.get(nodeId);
  if (!node) return NODE_NOT_REGISTERED;
  return sessionId === '' || node.sessionId !== sessionId ? SESSION_INVALID : undefined;
}

/** A sign of life. Returns the period after which the next one is expected, drawn anew each time. */
export function beat(turn: Turn, nodeId: string, node: TrackedNode): Micros {
  const period = periodsOf(rhythmOf(turn), node.sessionId)(node.periods);
  node.periods += 1;
  setDeadline(turn, nodeId, deadlineAfter(turn.ctx.now, period));
  return period;
}

export function rhythmOf({ state, options }: Turn): Rhythm {
  return { period: state.period, jitter: options.heartbeatJitter, seed: options.seed };
}

/** The periods that a session is given one after the other, counted from 0. */
export function periodsOf(rhythm: Rhythm, sessionId: string): (k: number) => Micros {
  const { period, jitter, seed } = rhythm;
  if (jitter === 0) return () => period;
  const luck = new HashStream(seed, `dispatcher/${sessionId}/period`);
  return (k) => periodFrom(rhythm, luck.integer(k, 2 * jitter));
}

/** When a node counts as lost whose last heartbeat was answered with this period. */
export function deadlineAfter(heardAt: Instant, period: Micros): Instant {
  return heardAt + GRACE * period;
}

export function untrack({ ctx, state }: Turn, nodeId: string): void {
  ctx.cancel(timerOf('node', nodeId));
  state.nodes.delete(nodeId);
}

/** `offset`: between 0 and twice the jitter. */
function periodFrom({ period, jitter }: Rhythm, offset: number): Micros {
  return Math.max(0, period + offset - jitter);
}

/** When the node counts as lost, unless a heartbeat comes. */
export function setDeadline({ ctx }: Turn, nodeId: string, deadline: Instant): void {
  ctx.after(deadline - ctx.now, timerOf('node', nodeId), { periodic: true });
}
