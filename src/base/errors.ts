/** Every error that dryswarm throws on purpose. A simulated misfortune is state, never one of these. */
export class DryswarmError extends Error {
  /** A stable identifier of the kind of mistake, in kebab-case. */
  readonly code: string;
  /** What to do about it, where that can be said. */
  readonly hint: string | undefined;

  constructor(code: string, message: string, hint?: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.hint = hint;
  }
}

/** The gRPC codes in which swarmkit refuses a request. */
export type StatusCode =
  | 'InvalidArgument'
  | 'NotFound'
  | 'AlreadyExists'
  | 'FailedPrecondition'
  | 'OutOfRange'
  | 'Unimplemented'
  | 'Unavailable'
  | 'DeadlineExceeded'
  | 'PermissionDenied'
  | 'Internal'
  | 'Unknown';

/** The control API refused a request; `message` is swarmkit's own text. */
export class ApiError extends DryswarmError {
  readonly status: StatusCode;

  constructor(status: StatusCode, message: string, hint?: string) {
    super(status, message, hint);
    this.status = status;
  }
}

/** A budget ran out before the run reached what was asked for. `pending` names what was still going on. */
export class LimitError extends DryswarmError {
  readonly pending: readonly string[];

  constructor(message: string, pending: readonly string[], hint?: string) {
    super(
      'limit',
      pending.length === 0 ? message : `${message}\n${pending.map((line) => `  ${line}`).join('\n')}`,
      hint,
    );
    this.pending = pending;
  }
}

/** A bug in dryswarm itself. Please report it with the seed that the message names. */
export class InvariantError extends DryswarmError {
  constructor(message: string) {
    super('invariant', message, 'this is a bug in dryswarm: please report it with the seed and the scenario');
  }
}
