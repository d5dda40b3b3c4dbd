import { InvariantError } from './errors.ts';

/**
 * Throws an {@link InvariantError} unless `condition` holds. A message that is put together costs even then: on hot paths the caller
 * throws by itself.
 */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** The end of a `switch` over a union: a new member fails to compile here. */
export function unreachable(value: never): never {
  throw new InvariantError(`unexpected value ${JSON.stringify(value)}`);
}
