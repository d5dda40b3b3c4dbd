/** Open sessions: who has which, and how they end. */
import type { DispatcherCall } from '../../api/index.ts';
import { sessionRefusal } from './node-store.ts';
import { NODE_MUST_DISCONNECT } from './refusals.ts';
import type { DispatcherState, Session, Turn } from './state.ts';
import { timerOf } from './timers.ts';

export function findSession({ sessions }: DispatcherState, nodeId: string, session: number): Session | undefined {
  return sessions.get(nodeId)?.find((open) => open.session === session);
}

/** An agent that goes on with a session id has lost the line on which it used it before. */
export function addSession(turn: Turn, nodeId: string, added: Session): void {
  const { sessions } = turn.state;
  for (const open of sessions.get(nodeId) ?? [])
    if (open.sessionId === added.sessionId) dropSession(turn, nodeId, open.session);
  sessions.set(nodeId, [...(sessions.get(nodeId) ?? []), added]);
}

/** The agent has closed it: nobody is told. What it was registering goes on. */
export function closeSession(turn: Turn, nodeId: string, session: number): void {
  for (const waiting of turn.state.registrations)
    if (waiting.nodeId === nodeId && waiting.session === session) waiting.session = undefined;
  dropSession(turn, nodeId, session);
}

export function failSession(turn: Turn, nodeId: string, session: number, call: DispatcherCall, error: string): void {
  dropSession(turn, nodeId, session);
  turn.options.send(nodeId, { kind: 'session-failed', session, call, error });
}

/** A session's stream sees that the session is over when something wakes it: a change of its node or of the cluster. */
export function endInvalidSessions(
  turn: Turn,
  nodeId: string,
  sessions: readonly Session[] = turn.state.sessions.get(nodeId) ?? [],
): void {
  for (const { session, sessionId } of sessions) {
    const error = sessionRefusal(turn.state, nodeId, sessionId);
    if (error !== undefined) failSession(turn, nodeId, session, 'session', error);
  }
}

/** Leadership is lost. */
export function disconnectAll({ sessions, registrations }: DispatcherState, send: Turn['options']['send']): void {
  const disconnect = (nodeId: string, session: number) =>
    send(nodeId, { kind: 'session-failed', session, call: 'session', error: NODE_MUST_DISCONNECT });
  for (const [nodeId, open] of sessions) for (const { session } of open) disconnect(nodeId, session);
  for (const { nodeId, session } of registrations) if (session !== undefined) disconnect(nodeId, session);
}

function dropSession({ ctx, state }: Turn, nodeId: string, session: number): void {
  const open = state.sessions.get(nodeId);
  if (!open?.some((one) => one.session === session)) return;
  ctx.cancel(timerOf('assignments', nodeId, session));
  const rest = open.filter((one) => one.session !== session);
  if (rest.length > 0) state.sessions.set(nodeId, rest);
  else state.sessions.delete(nodeId);
}
