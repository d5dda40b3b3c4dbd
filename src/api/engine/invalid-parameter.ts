import { DryswarmError } from '../../base/index.ts';

/**
 * The daemon refused a request before it reached swarmkit (HTTP 400). Unlike swarmkit's refusals the message carries no
 * `rpc error:` prefix. (moby errdefs.InvalidParameter)
 */
export class InvalidParameterError extends DryswarmError {
  constructor(message: string) {
    super('invalid-parameter', message);
  }
}
