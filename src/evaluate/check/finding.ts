/** What `check` says about a stack: a fact in plain words, what causes it, and what would change it. */
import type { Position } from '../../compose/index.ts';
import type { Seed } from '../../sim/index.ts';

/** A question that users have before they deploy; `docs/findings/README.md` lists them. */
export type Question = `Q${number}`;

/** A `problem` fails the check, a `warning` does not; `fine` is a question answered well. */
export type Severity = 'problem' | 'warning' | 'fine';

export const SEVERITIES: readonly Severity[] = ['problem', 'warning', 'fine'];

/** A value as a Compose file holds it. */
export type ComposeValue =
  | string
  | number
  | boolean
  | readonly ComposeValue[]
  | { readonly [key: string]: ComposeValue };

/**
 * A change to the Compose files. An `override` is the content of one more file, laid over the others. An `edit` is for what no
 * later file can undo: it sets the value at a path of a file, or takes it out where there is none.
 */
export type Patch =
  | { readonly kind: 'override'; readonly content: { readonly [key: string]: ComposeValue } }
  | {
      readonly kind: 'edit';
      readonly file: string;
      readonly path: readonly (string | number)[];
      readonly value?: ComposeValue;
    };

/** What to do about it. */
export interface Fix {
  readonly text: string;
  /** The change that makes the finding go away; absent where only its author knows what was meant. */
  readonly patch?: Patch;
}

/** What shows a finding to be true: a rollout of a service, which can be repeated from the same files. */
export interface Evidence {
  /** The service as the Compose files call it. */
  readonly service: string;
  /** The case of the battery. */
  readonly rollout: string;
  readonly seed: Seed;
}

export interface Finding {
  /** Stable, in kebab-case. */
  readonly code: string;
  /** Absent for a trap of the file format. */
  readonly question?: Question;
  readonly severity: Severity;
  /** The service as the Compose files call it; '' for the stack as a whole. */
  readonly service: string;
  readonly message: string;
  /** The rule of Swarm that causes it. */
  readonly rule: string;
  readonly at?: Position;
  readonly fix?: Fix;
  /** The page of the documentation. */
  readonly docs: string;
  /** Absent where the files alone show it. */
  readonly evidence?: Evidence;
  /** Plays it again: `dryswarm replay`. */
  readonly token?: string;
}
