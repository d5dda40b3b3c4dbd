import { DryswarmError, InvariantError } from '../base/index.ts';

/** A command ends with an error: `message` goes to standard error, followed by a line feed. */
export class CommandFailure extends DryswarmError {
  /** 1, but 125 where the flags cannot be parsed and 64 where a template cannot. */
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super('docker-cli', message);
    this.exitCode = exitCode;
  }
}

/** The text of what went wrong on purpose; anything else is a bug and is thrown on. */
export function failureText(error: unknown): string {
  if (error instanceof DryswarmError && !(error instanceof InvariantError)) return error.message;
  throw error;
}

/** Collects the failures of steps that are all tried; their texts come out one per line (Go's errors.Join). */
export class Failures {
  readonly #texts: string[] = [];

  /** Runs a step; what it throws is kept for later. Returns undefined where it failed. */
  attempt<T>(step: () => T, prefix = ''): T | undefined {
    try {
      return step();
    } catch (error) {
      this.#texts.push(`${prefix}${failureText(error)}`);
      return undefined;
    }
  }

  get any(): boolean {
    return this.#texts.length > 0;
  }

  /** Fails with everything that was collected, if anything was. */
  throwIfAny(): void {
    if (this.#texts.length > 0) throw new CommandFailure(this.#texts.join('\n'));
  }
}

/** Puts what was being done in front of the failure of a step. */
export function prefixFailure<T>(doing: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new CommandFailure(`${doing}: ${failureText(error)}`);
  }
}
