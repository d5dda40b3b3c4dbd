import type fc from 'fast-check';

/** How long and from where a law looks; what fast-check takes. */
export type LawParameters = Pick<fc.Parameters<unknown>, 'numRuns' | 'seed' | 'path' | 'endOnFailure' | 'verbose'>;

/** A law that is ready to be held against random runs. */
export interface ReadyLaw {
  /** What it says: a title for a test. */
  readonly name: string;
  /** @throws the error of `fc.assert`, with the smallest run that breaks it. */
  assert(parameters?: LawParameters): void;
}
