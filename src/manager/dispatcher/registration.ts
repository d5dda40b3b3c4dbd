/** How a node gets a session, or goes on with one (swarmkit dispatcher.go, Session and register). */
import type { ToDispatcher } from '../../api/index.ts';
import { markReady } from './node-state.ts';
import { rateRefusal, register, sessionRefusal } from './node-store.ts';
import { NODE_NOT_FOUND } from './refusals.ts';
import { addSession, endInvalidSessions, failSession } from './sessions.ts';
import type { Registration, Turn } from './state.ts';

type OpenSession = Extract<ToDispatcher, { kind: 'open-session' }>;

/** The node is made READY with the next batch, and only then answered. */
export function openSession(turn: Turn, nodeId: string, address: string | undefined, message: OpenSession): void {
  const { session, sessionId, description } = message;
  const goesOn = sessionRefusal(turn.state, nodeId, sessionId) === undefined;
  if (!goesOn) {
    const error = rateRefusal(turn, nodeId) ?? (turn.ctx.store.nodes.get(nodeId) ? undefined : NODE_NOT_FOUND);
    if (error !== undefined) return failSession(turn, nodeId, session, 'session', error);
  }
  turn.state.registrations.push({ nodeId, session, sessionId: goesOn ? sessionId : undefined });
  markReady(turn, nodeId, { description, address });
}

/** A batch was written. Whoever waits is answered, even those whose own update came too late for it. */
export function completeRegistrations(turn: Turn): void {
  const waiting = turn.state.registrations;
  turn.state.registrations = [];
  // The change of the node wakes the sessions that were open when it was written. One that is opened only now, and
  // replaced in the same breath, learns of it with its next heartbeat.
  const awake = new Map(waiting.map(({ nodeId }) => [nodeId, turn.state.sessions.get(nodeId) ?? []]));
  for (const registration of waiting) complete(turn, registration);
  for (const [nodeId, sessions] of awake) endInvalidSessions(turn, nodeId, sessions);
}

function complete(turn: Turn, { nodeId, session, sessionId: present }: Registration): void {
  const sessionId = present ?? register(turn, nodeId);
  if (session === undefined) return;
  const error = sessionRefusal(turn.state, nodeId, sessionId);
  if (error !== undefined) return failSession(turn, nodeId, session, 'session', error);
  addSession(turn, nodeId, { session, sessionId, assignments: undefined });
  turn.options.send(nodeId, { kind: 'session-opened', session, sessionId });
}
