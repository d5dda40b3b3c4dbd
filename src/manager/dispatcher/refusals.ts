/** What calls are refused with, in swarmkit's words (manager/dispatcher/dispatcher.go, nodes.go). */
import type { ReadView } from '../../store/index.ts';

export const NODE_NOT_FOUND = 'node not found';
export const NODE_NOT_REGISTERED = 'rpc error: code = NotFound desc = node not registered';
export const SESSION_INVALID = 'rpc error: code = InvalidArgument desc = session invalid';
export const FOREIGN_TASK = 'rpc error: code = PermissionDenied desc = cannot update a task not assigned this node';

/** The end of all sessions when leadership is lost. */
export const NODE_MUST_DISCONNECT = 'rpc error: code = Aborted desc = node must disconnect';

/** What a manager answers that does not lead (any more), for whoever carries messages to it. */
export const DISPATCHER_STOPPED = 'rpc error: code = Aborted desc = dispatcher is stopped';

/** All calls of a node that was removed (swarmkit ca/auth.go, authorizeOrg). */
export function removalRefusal(view: ReadView, nodeId: string): string | undefined {
  return view.clusters.all().some(({ blacklistedCertificates }) => blacklistedCertificates?.includes(nodeId))
    ? `rpc error: code = PermissionDenied desc = Permission denied: node ${nodeId} was removed from swarm`
    : undefined;
}

export function rateLimited(nodeId: string): string {
  return `rpc error: code = Unavailable desc = node ${nodeId} exceeded rate limit count of registrations`;
}
