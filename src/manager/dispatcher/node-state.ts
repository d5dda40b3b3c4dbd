/** What the dispatcher says of nodes: READY, DOWN or, at its start, UNKNOWN (swarmkit dispatcher.go). */
import type { NodeDescription } from '../../api/index.ts';
import type { Transaction } from '../../store/index.ts';
import { trackUnknown, untrack } from './node-store.ts';
import { ORPHAN_DELAY } from './orphans.ts';
import type { Turn } from './state.ts';
import { queueNodeUpdate } from './status-batch.ts';
import { timerOf } from './timers.ts';

/** A new leader has heard of nobody. A node that is down stays so, but its tasks get their full time again. */
export function markUnknown(turn: Turn, tx: Transaction, nodeId: string): void {
  const node = tx.nodes.get(nodeId);
  if (!node) return;
  if (node.status.state === 'down') return awaitReturn(turn, nodeId);
  const message = 'Node moved to "unknown" state due to leadership change in cluster';
  tx.nodes.put({ ...node, status: { ...node.status, state: 'unknown', message } });
  trackUnknown(turn, nodeId);
}

export function markReady(
  turn: Turn,
  nodeId: string,
  { description, address }: { readonly description: NodeDescription; readonly address: string | undefined },
): void {
  turn.ctx.cancel(timerOf('down', nodeId));
  queueNodeUpdate(turn, nodeId, {
    state: 'ready',
    message: '',
    description,
    ...(address !== undefined && { address }),
  });
}

/** Nothing was heard of a node in time. */
export function checkNode(turn: Turn, nodeId: string): void {
  const node = turn.state.nodes.get(nodeId);
  if (!node) return;
  const isUnknown = node.sessionId === '';
  markDown(turn, nodeId, isUnknown ? 'heartbeat failure for node in "unknown" state' : 'heartbeat failure');
}

function markDown(turn: Turn, nodeId: string, message: string): void {
  const { ctx, state } = turn;
  // A node that was removed meanwhile stays as it is known here: its session goes on to be valid.
  if (!ctx.store.nodes.get(nodeId)) return;
  awaitReturn(turn, nodeId);
  const description = state.batch.nodes.get(nodeId)?.description;
  queueNodeUpdate(turn, nodeId, { state: 'down', message, ...(description && { description }) });
  untrack(turn, nodeId);
}

/** Counted from the moment at which the silence is noticed, not from the write that makes it known. */
function awaitReturn({ ctx }: Turn, nodeId: string): void {
  ctx.after(ORPHAN_DELAY, timerOf('down', nodeId), { periodic: true });
}
