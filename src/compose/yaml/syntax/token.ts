/** A place while scanning: all three count from 0. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

export type TokenType =
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly type: TokenType;
  readonly start: Mark;
  /** The name of an anchor or alias; the handle of a tag, `!` or `!name!`. */
  readonly text?: string;
}

/** A text is no YAML to Go's parser. */
export class SyntaxProblem extends Error {
  /** The place to show. */
  readonly mark: Mark;

  /**
   * The line in the message is that of the context or, if that is the first line, that of the problem; the first line is
   * not mentioned. The scanner counts lines from 1, the grammar forgets to. (go.yaml.in/yaml/v3 decode.go, fail)
   */
  constructor(by: 'scanner' | 'grammar', problem: string, context: Mark, at: Mark, shown?: Mark) {
    const line = context.line || at.line;
    super(line === 0 ? problem : `line ${by === 'scanner' ? line + 1 : line}: ${problem}`);
    this.mark = shown ?? (by === 'scanner' ? context : at);
  }

  /** An alias to nothing, which Go reports without a line. */
  static unknownAnchor(name: string, at: Mark): SyntaxProblem {
    return new SyntaxProblem(
      'scanner',
      `unknown anchor '${name}' referenced`,
      { ...at, line: 0 },
      { ...at, line: 0 },
      at,
    );
  }
}
