import type { FreeLines } from '../free-lines.ts';
import { Scanner } from './scanner.ts';
import { type Mark, SyntaxProblem, type Token, type TokenType } from './token.ts';

/**
 * Whether the first document of a text is YAML to Go's parser, which is not of one mind with other parsers and has words
 * of its own. Nothing is built: only the first mistake counts. (go.yaml.in/yaml/v3 parserc.go)
 *
 * @returns where the document ends, as Go does not look at what follows, and the lines whose column says nothing.
 * @throws SyntaxProblem
 */
export function checkSyntax(text: string): { readonly end: number; readonly freeLines: readonly FreeLines[] } {
  const scanner = new Scanner(text);
  return { end: new Grammar(scanner).document(), freeLines: scanner.freeLines };
}

class Grammar {
  readonly #scanner: Scanner;
  readonly #handles = new Set(['!', '!!']);
  readonly #anchors = new Set<string>();

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  document(): number {
    let hasDirectives = false;
    while (this.#next('directive')) {
      hasDirectives = true;
      this.#scanner.take();
    }
    const token = this.#scanner.peek();
    if (token.type === 'stream-end') return token.start.index;
    if (token.type === 'document-start') this.#scanner.take();
    else if (hasDirectives) throw problem('did not find expected <document start>', ZERO, token);
    if (!this.#next('directive', 'document-start', 'document-end', 'stream-end')) this.#node({ isBlock: true });
    return this.#scanner.peek().start.index;
  }

  #node({ isBlock, mayBeIndentless = false }: { isBlock: boolean; mayBeIndentless?: boolean }): void {
    const scanner = this.#scanner;
    const { start } = scanner.peek();
    if (this.#next('alias')) {
      const { text = '' } = scanner.take();
      if (!this.#anchors.has(text)) throw SyntaxProblem.unknownAnchor(text, start);
      return;
    }
    const hasProperties = this.#properties(start);
    const token = scanner.peek();
    if (mayBeIndentless && token.type === 'block-entry') return this.#indentlessSequence();
    if (token.type === 'scalar') {
      scanner.take();
      return;
    }
    if (token.type === 'flow-sequence-start') return this.#flowSequence();
    if (token.type === 'flow-mapping-start') return this.#flowMapping();
    if (isBlock && token.type === 'block-sequence-start') return this.#blockSequence();
    if (isBlock && token.type === 'block-mapping-start') return this.#blockMapping();
    if (!hasProperties) throw problem('did not find expected node content', start, token);
  }

  /** An anchor, a tag or both, in any order. */
  #properties(start: Mark): boolean {
    let count = 0;
    const seen = new Set<TokenType>();
    for (; this.#next('anchor', 'tag') && !seen.has(this.#scanner.peek().type); count += 1) {
      const token = this.#scanner.take();
      seen.add(token.type);
      if (token.type === 'anchor') this.#anchors.add(token.text!);
      else if (token.text !== '' && !this.#handles.has(token.text!)) {
        throw problem('found undefined tag handle', start, token);
      }
    }
    return count > 0;
  }

  #blockSequence(): void {
    const { start } = this.#scanner.take();
    while (this.#next('block-entry')) {
      this.#scanner.take();
      if (!this.#next('block-entry', 'block-end')) this.#node({ isBlock: true });
    }
    if (!this.#next('block-end')) throw problem("did not find expected '-' indicator", start, this.#scanner.peek());
    this.#scanner.take();
  }

  #indentlessSequence(): void {
    while (this.#next('block-entry')) {
      this.#scanner.take();
      if (!this.#next('block-entry', 'key', 'value', 'block-end')) this.#node({ isBlock: true });
    }
  }

  #blockMapping(): void {
    const { start } = this.#scanner.take();
    while (this.#next('key')) {
      this.#scanner.take();
      if (!this.#next('key', 'value', 'block-end')) this.#node({ isBlock: true, mayBeIndentless: true });
      if (!this.#next('value')) continue;
      this.#scanner.take();
      if (!this.#next('key', 'value', 'block-end')) this.#node({ isBlock: true, mayBeIndentless: true });
    }
    if (!this.#next('block-end')) throw problem('did not find expected key', start, this.#scanner.peek());
    this.#scanner.take();
  }

  #flowSequence(): void {
    const { start } = this.#scanner.take();
    for (let isFirst = true; !this.#next('flow-sequence-end'); isFirst = false) {
      if (!isFirst) {
        if (!this.#next('flow-entry')) throw problem("did not find expected ',' or ']'", start, this.#scanner.peek());
        this.#scanner.take();
      }
      if (this.#next('key')) this.#flowPair();
      else if (!this.#next('flow-sequence-end')) this.#node({ isBlock: false });
    }
    this.#scanner.take();
  }

  /** `[a: b]` is a list of one mapping. */
  #flowPair(): void {
    this.#scanner.take();
    if (!this.#next('value', 'flow-entry', 'flow-sequence-end')) this.#node({ isBlock: false });
    if (!this.#next('value')) return;
    this.#scanner.take();
    if (!this.#next('flow-entry', 'flow-sequence-end')) this.#node({ isBlock: false });
  }

  #flowMapping(): void {
    const { start } = this.#scanner.take();
    for (let isFirst = true; !this.#next('flow-mapping-end'); isFirst = false) {
      if (!isFirst) {
        if (!this.#next('flow-entry')) throw problem("did not find expected ',' or '}'", start, this.#scanner.peek());
        this.#scanner.take();
      }
      if (this.#next('key')) {
        this.#scanner.take();
        if (!this.#next('value', 'flow-entry', 'flow-mapping-end')) this.#node({ isBlock: false });
        if (!this.#next('value')) continue;
        this.#scanner.take();
        if (!this.#next('flow-entry', 'flow-mapping-end')) this.#node({ isBlock: false });
      } else if (!this.#next('flow-mapping-end')) this.#node({ isBlock: false });
    }
    this.#scanner.take();
  }

  #next(...types: readonly TokenType[]): boolean {
    return types.includes(this.#scanner.peek().type);
  }
}

const ZERO: Mark = { index: 0, line: 0, column: 0 };

function problem(text: string, context: Mark, token: Token): SyntaxProblem {
  return new SyntaxProblem('grammar', text, context, token.start);
}
