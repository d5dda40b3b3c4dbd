import { InvalidParameterError } from '../api/index.ts';
import { ApiError, DryswarmError, type StatusCode } from '../base/index.ts';

/** The engine refuses a call, in the daemon's words. */
export class Refusal extends DryswarmError {
  /** The HTTP status. */
  readonly status: number;

  constructor(status: number, message: string) {
    super('refused', message);
    this.status = status;
  }
}

export function invalid(message: string): Refusal {
  return new Refusal(400, message);
}

export function notFound(message: string): Refusal {
  return new Refusal(404, message);
}

/** What is asked for cannot be had of this node, now. */
export function unavailable(message: string): Refusal {
  return new Refusal(503, message);
}

/** An error as the refusal that a client sees. What is no refusal of anybody's is a bug and is thrown on. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof InvalidParameterError) return invalid(error.message);
  if (error instanceof ApiError) {
    if (OF_THE_DAEMON.some((beginning) => error.message.startsWith(beginning))) return unavailable(error.message);
    // The daemon hands on what swarmkit answers, with its gRPC code in front (moby daemon/server/httpstatus/status.go).
    return new Refusal(HTTP_STATUS[error.status], `rpc error: code = ${error.status} desc = ${error.message}`);
  }
  throw error;
}

/** How the daemon's own refusals begin; swarmkit has not been asked. */
const OF_THE_DAEMON = ['This node is ', 'Swarm is encrypted ', 'You are attempting to leave the swarm '];

const HTTP_STATUS: Readonly<Record<StatusCode, number>> = {
  InvalidArgument: 400,
  FailedPrecondition: 400,
  OutOfRange: 400,
  PermissionDenied: 403,
  NotFound: 404,
  AlreadyExists: 409,
  Unimplemented: 501,
  Unavailable: 503,
  DeadlineExceeded: 500,
  Internal: 500,
  Unknown: 500,
};
