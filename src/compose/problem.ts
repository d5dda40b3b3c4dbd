import { DryswarmError } from '../base/index.ts';

/** A place in a Compose file; `line` and `column` count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** At which step of loading a file was refused. The steps run in this order and the first that fails ends the load. */
export type Stage =
  | 'read'
  | 'yaml'
  | 'version'
  | 'forbidden'
  | 'interpolation'
  | 'schema'
  | 'decode'
  | 'merge'
  | 'convert';

/** A Compose file was refused. `message` is docker's own text; the place and the hint are ours. */
export class ComposeError extends DryswarmError {
  readonly stage: Stage;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(stage: Stage, message: string, at?: Position, hint?: string) {
    super(`compose-${stage}`, message, hint);
    this.stage = stage;
    this.file = at?.file;
    this.line = at?.line;
    this.column = at?.column;
  }
}

/** Something that loads, but probably does not do what its author meant. */
export interface Diagnostic {
  /** A stable name of the trap, in kebab-case. */
  readonly code: DiagnosticCode;
  /** What happens, in one sentence. */
  readonly message: string;
  /** What to write instead. */
  readonly remedy: string;
  /** Where the value stands in the merged configuration, such as `services.web.ports`. */
  readonly path: string;
  readonly at: Position;
}

export type DiagnosticCode =
  | 'list-appended'
  | 'override-ignored'
  | 'entries-collapsed'
  | 'port-added'
  | 'entry-replaced'
  | 'aliases-replaced'
  | 'logging-options-lost'
  | 'zero-means-default'
  | 'ignored-key'
  | 'host-ip-ignored'
  | 'external-name-deprecated'
  | 'unset-variable'
  | 'nested-default'
  | 'text-as-default'
  | 'drive-letter-volume'
  | 'rollback-of-rollback'
  | 'restart-overridden'
  | 'top-level-key-dropped'
  | 'document-ignored';

/** `file:line:column`, as editors and terminals link it. */
export function formatPosition(at: Position): string {
  return `${at.file}:${at.line}:${at.column}`;
}
