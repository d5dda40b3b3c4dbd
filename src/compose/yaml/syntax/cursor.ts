import type { Mark } from './token.ts';

/** A text and a place in it. `peek` beyond the end gives ''. */
export class Cursor {
  readonly #text: string;
  index = 0;
  line = 0;
  column = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get mark(): Mark {
    return { index: this.index, line: this.line, column: this.column };
  }

  peek(offset = 0): string {
    return this.#text.charAt(this.index + offset);
  }

  skip(count = 1): void {
    this.index += count;
    this.column += count;
  }

  /** Goes over a line break, CR LF counting as one. */
  skipLine(): void {
    this.index += this.peek() === '\r' && this.peek(1) === '\n' ? 2 : 1;
    this.column = 0;
    this.line += 1;
  }

  isEnd(): boolean {
    return this.index >= this.#text.length;
  }

  isBreak(offset = 0): boolean {
    return /^[\r\n\u0085\u2028\u2029]$/.test(this.peek(offset));
  }

  isBlank(offset = 0): boolean {
    const char = this.peek(offset);
    return char === ' ' || char === '\t';
  }

  /** A space, a tab, a line break or the end. */
  isGap(offset = 0): boolean {
    return this.peek(offset) === '' || this.isBlank(offset) || this.isBreak(offset);
  }

  /** `---` or `...` at the start of a line. */
  isDocumentMarker(): boolean {
    if (this.column !== 0 || !this.isGap(3)) return false;
    const three = this.peek() + this.peek(1) + this.peek(2);
    return three === '---' || three === '...';
  }

  skipRestOfLine(): void {
    while (!this.isEnd() && !this.isBreak()) this.skip();
  }
}
