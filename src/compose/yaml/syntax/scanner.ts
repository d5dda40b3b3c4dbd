import type { FreeLines } from '../free-lines.ts';
import { Cursor } from './cursor.ts';
import {
  scanAnchor,
  scanBlockScalar,
  scanDirective,
  scannerProblem,
  scanPlain,
  scanQuoted,
  scanTag,
} from './scan-scalar.ts';
import type { Mark, Token, TokenType } from './token.ts';

/** A scalar, alias or collection that turns out to be a key if a colon follows it on the same line. */
interface SimpleKey {
  readonly isRequired: boolean;
  readonly tokenNumber: number;
  readonly mark: Mark;
}

/** Far beyond any real file, and well within what the call stack carries. Go itself stops at 10,000. */
const MAX_DEPTH = 200;

/**
 * Go's YAML scanner, as far as it decides what is a mistake and where. It reads ahead as far as the original: which of
 * several mistakes is found first depends on that. (go.yaml.in/yaml/v3 scannerc.go)
 */
export class Scanner {
  readonly #cursor: Cursor;
  readonly #tokens: Token[] = [];
  #taken = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  #flowLevel = 0;
  #flowStart: Mark | undefined;
  #simpleKeyAllowed = true;
  /** One for each open flow collection, and one for the block around them. */
  readonly #simpleKeys: (SimpleKey | undefined)[] = [undefined];
  /** What was found so far, in the order of the text. */
  readonly freeLines: FreeLines[] = [];

  constructor(text: string) {
    this.#cursor = new Cursor(text);
  }

  peek(): Token {
    // Two tokens beyond the next, and further while the next may still become a key.
    while (this.#tokens.length < 3 || this.#headMayBeKey()) this.#fetch();
    return this.#tokens[0]!;
  }

  take(): Token {
    const token = this.peek();
    this.#tokens.shift();
    this.#taken += 1;
    return token;
  }

  #headMayBeKey(): boolean {
    const index = this.#simpleKeys.findIndex((key) => key?.tokenNumber === this.#taken);
    return index >= 0 && this.#isValid(index);
  }

  #fetch(): void {
    this.#skipToToken();
    const cursor = this.#cursor;
    this.#unrollIndent(cursor.column);
    if (cursor.isEnd()) return this.#fetchEnd();
    const char = cursor.peek();
    if (cursor.column === 0 && char === '%') return this.#fetchDirective();
    if (cursor.isDocumentMarker()) return this.#fetchDocumentMarker(char === '-' ? 'document-start' : 'document-end');
    const isIndicator = this.#flowLevel > 0 || cursor.isGap(1);
    switch (char) {
      case '[':
        return this.#fetchFlowStart('flow-sequence-start');
      case '{':
        return this.#fetchFlowStart('flow-mapping-start');
      case ']':
        return this.#fetchFlowEnd('flow-sequence-end');
      case '}':
        return this.#fetchFlowEnd('flow-mapping-end');
      case ',':
        this.#removeSimpleKey();
        this.#simpleKeyAllowed = true;
        return this.#push('flow-entry', 1);
      case '*':
      case '&':
        return this.#fetchNode(char === '*' ? 'alias' : 'anchor', () => scanAnchor(cursor));
      case '!':
        return this.#fetchNode('tag', () => scanTag(cursor));
      case "'":
      case '"':
        return this.#fetchQuoted(char);
    }
    if (char === '-' && cursor.isGap(1)) return this.#fetchBlockEntry();
    if (char === '?' && isIndicator) return this.#fetchKey();
    if (char === ':' && isIndicator) return this.#fetchValue();
    if ((char === '|' || char === '>') && this.#flowLevel === 0) return this.#fetchBlockScalar();
    if (this.#startsPlain(char)) return this.#fetchPlain();
    throw scannerProblem(cursor, cursor.mark, 'found character that cannot start any token');
  }

  #startsPlain(char: string): boolean {
    const cursor = this.#cursor;
    if (!cursor.isGap() && !/^[-?:,[\]{}#&*!|>'"%@`]$/.test(char)) return true;
    if (char === '-') return !cursor.isBlank(1);
    return this.#flowLevel === 0 && (char === '?' || char === ':') && !cursor.isGap(1);
  }

  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      while (cursor.peek() === ' ' || (cursor.peek() === '\t' && (this.#flowLevel > 0 || !this.#simpleKeyAllowed))) {
        cursor.skip();
      }
      if (cursor.peek() === '#') cursor.skipRestOfLine();
      if (!cursor.isBreak()) return;
      cursor.skipLine();
      if (this.#flowLevel === 0) this.#simpleKeyAllowed = true;
    }
  }

  #fetchEnd(): void {
    const cursor = this.#cursor;
    if (cursor.column !== 0) {
      cursor.column = 0;
      cursor.line += 1;
    }
    this.#unrollIndent(-1);
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = false;
    this.#push('stream-end', 0);
  }

  #fetchDirective(): void {
    this.#unrollIndent(-1);
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = false;
    const start = this.#cursor.mark;
    const text = scanDirective(this.#cursor);
    this.#tokens.push({ type: 'directive', start, text });
  }

  #fetchDocumentMarker(type: TokenType): void {
    this.#unrollIndent(-1);
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = false;
    this.#push(type, 3);
  }

  #fetchFlowStart(type: TokenType): void {
    this.#saveSimpleKey();
    this.#simpleKeys.push(undefined);
    if (this.#flowLevel === 0) this.#flowStart = this.#cursor.mark;
    this.#flowLevel += 1;
    this.#refuseDepth(this.#flowLevel);
    this.#simpleKeyAllowed = true;
    this.#push(type, 1);
  }

  #fetchFlowEnd(type: TokenType): void {
    this.#removeSimpleKey();
    if (this.#flowLevel > 0) {
      this.#flowLevel -= 1;
      this.#simpleKeys.pop();
      if (this.#flowLevel === 0) this.#noteFreeLines(this.#flowStart!);
    }
    this.#simpleKeyAllowed = false;
    this.#push(type, 1);
  }

  #fetchBlockEntry(): void {
    this.#startBlock('block-sequence-start', 'block sequence entries are not allowed in this context');
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = true;
    this.#push('block-entry', 1);
  }

  #fetchKey(): void {
    this.#startBlock('block-mapping-start', 'mapping keys are not allowed in this context');
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = this.#flowLevel === 0;
    this.#push('key', 1);
  }

  #fetchValue(): void {
    const last = this.#simpleKeys.length - 1;
    const key = this.#simpleKeys[last];
    if (key && this.#isValid(last)) {
      this.#insert(key.tokenNumber, { type: 'key', start: key.mark });
      this.#rollIndent(key.mark.column, 'block-mapping-start', key.mark, key.tokenNumber);
      this.#simpleKeys[last] = undefined;
      this.#simpleKeyAllowed = false;
    } else {
      this.#startBlock('block-mapping-start', 'mapping values are not allowed in this context');
      this.#simpleKeyAllowed = this.#flowLevel === 0;
    }
    this.#push('value', 1);
  }

  /** Something that may be a key; `scan` may give its text. */
  #fetchNode(type: TokenType, scan: () => string | undefined): void {
    this.#saveSimpleKey();
    this.#simpleKeyAllowed = false;
    const start = this.#cursor.mark;
    const text = scan();
    this.#tokens.push({ type, start, ...(text !== undefined && { text }) });
  }

  #fetchQuoted(quote: '"' | "'"): void {
    const start = this.#cursor.mark;
    this.#fetchNode('scalar', () => scanQuoted(this.#cursor, quote));
    if (this.#flowLevel === 0) this.#noteFreeLines(start);
  }

  /** From `start` up to here. */
  #noteFreeLines({ line, column }: Mark): void {
    const last = this.#cursor.line;
    if (last > line) this.freeLines.push({ first: line + 1, last, column });
  }

  #fetchBlockScalar(): void {
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = true;
    const start = this.#cursor.mark;
    scanBlockScalar(this.#cursor, this.#indent);
    this.#tokens.push({ type: 'scalar', start });
  }

  #fetchPlain(): void {
    this.#fetchNode('scalar', () => {
      if (scanPlain(this.#cursor, this.#indent, this.#flowLevel > 0)) this.#simpleKeyAllowed = true;
      return undefined;
    });
  }

  /** A block collection begins here, if one may. */
  #startBlock(type: TokenType, problem: string): void {
    if (this.#flowLevel > 0) return;
    const { mark } = this.#cursor;
    if (!this.#simpleKeyAllowed) throw scannerProblem(this.#cursor, mark, problem);
    this.#rollIndent(mark.column, type, mark, undefined);
  }

  #rollIndent(column: number, type: TokenType, mark: Mark, tokenNumber: number | undefined): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    this.#refuseDepth(this.#indents.length);
    if (tokenNumber === undefined) this.#tokens.push({ type, start: mark });
    else this.#insert(tokenNumber, { type, start: mark });
  }

  #unrollIndent(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#tokens.push({ type: 'block-end', start: this.#cursor.mark });
      this.#indent = this.#indents.pop()!;
    }
  }

  #saveSimpleKey(): void {
    if (!this.#simpleKeyAllowed) return;
    const { mark } = this.#cursor;
    const isRequired = this.#flowLevel === 0 && this.#indent === mark.column;
    this.#removeSimpleKey();
    this.#simpleKeys[this.#simpleKeys.length - 1] = {
      isRequired,
      tokenNumber: this.#taken + this.#tokens.length,
      mark,
    };
  }

  #removeSimpleKey(): void {
    const last = this.#simpleKeys.length - 1;
    const key = this.#simpleKeys[last];
    if (key?.isRequired) throw scannerProblem(this.#cursor, key.mark, "could not find expected ':'");
    this.#simpleKeys[last] = undefined;
  }

  /** A key ends on the line on which it begins, and is not longer than 1024 characters. */
  #isValid(index: number): boolean {
    const key = this.#simpleKeys[index];
    if (!key) return false;
    if (key.mark.line >= this.#cursor.line && key.mark.index + 1024 >= this.#cursor.index) return true;
    if (key.isRequired) throw scannerProblem(this.#cursor, key.mark, "could not find expected ':'");
    this.#simpleKeys[index] = undefined;
    return false;
  }

  #insert(tokenNumber: number, token: Token): void {
    this.#tokens.splice(tokenNumber - this.#taken, 0, token);
  }

  #push(type: TokenType, length: number): void {
    this.#tokens.push({ type, start: this.#cursor.mark });
    this.#cursor.skip(length);
  }

  #refuseDepth(depth: number): void {
    if (depth <= MAX_DEPTH) return;
    throw scannerProblem(this.#cursor, this.#cursor.mark, `exceeded max depth of ${MAX_DEPTH}`);
  }
}
