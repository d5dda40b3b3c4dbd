import { lexTemplate, type Piece, type Token, templateError } from './lex.ts';
import type { Command, Operand, Pipe, TemplateNode } from './node.ts';

export interface Template {
  /** What error texts call it: empty for most commands. */
  readonly name: string;
  readonly text: string;
  readonly nodes: readonly TemplateNode[];
}

/** Parses a Go template. `functions` are the names that may be called. */
export function parseTemplate(text: string, options: { name: string; functions: ReadonlySet<string> }): Template {
  const parser = new Parser(text, options.name, options.functions);
  return { name: options.name, text, nodes: parser.parse() };
}

const BLOCKS = ['if', 'with', 'range'] as const;

class Parser {
  readonly #text: string;
  readonly #name: string;
  readonly #functions: ReadonlySet<string>;
  readonly #pieces: readonly Piece[];
  #next = 0;
  #variables: string[] = ['$'];
  /** How many ranges are open. */
  #ranges = 0;

  constructor(text: string, name: string, functions: ReadonlySet<string>) {
    this.#text = text;
    this.#name = name;
    this.#functions = functions;
    this.#pieces = lexTemplate(text, name);
  }

  parse(): TemplateNode[] {
    const { nodes, end } = this.#list([]);
    if (end) throw this.#error(end.at, `unexpected {{${end.word}}}`);
    return nodes;
  }

  /** Nodes up to one of the keywords that end the block, or the end of the text. */
  #list(ends: readonly string[]): { nodes: TemplateNode[]; end?: { word: string; at: number; rest: Cursor } } {
    const nodes: TemplateNode[] = [];
    while (this.#next < this.#pieces.length) {
      const piece = this.#pieces[this.#next]!;
      this.#next += 1;
      if (piece.kind === 'text') {
        nodes.push({ kind: 'text', text: piece.text });
        continue;
      }
      const cursor = new Cursor(piece.tokens, piece.end);
      const word = cursor.peek()?.kind === 'word' ? cursor.peek()!.text : '';
      if (word === 'end' || word === 'else') {
        cursor.take();
        return { nodes, end: { word, at: piece.at, rest: cursor } };
      }
      const block = BLOCKS.find((name) => name === word);
      if (block) {
        cursor.take();
        nodes.push(this.#block(block, cursor));
      } else if (word === 'break' || word === 'continue') {
        if (this.#ranges === 0) throw this.#error(piece.at, `{{${word}}} outside {{range}}`);
        nodes.push({ kind: word });
      } else nodes.push({ kind: 'action', pipe: this.#wholePipe(cursor, 'command') });
    }
    if (ends.length > 0) throw this.#error(this.#text.length, 'unexpected EOF');
    return { nodes };
  }

  #block(kind: (typeof BLOCKS)[number], cursor: Cursor): TemplateNode {
    const outer = this.#variables.length;
    const pipe = this.#wholePipe(cursor, kind);
    if (kind === 'range') this.#ranges += 1;
    const { nodes: body, end } = this.#list(['end', 'else']);
    if (kind === 'range') this.#ranges -= 1;
    let otherwise: TemplateNode[] = [];
    if (end!.word === 'else') {
      const chained = end!.rest.peek()?.text;
      if (chained === 'if' || chained === 'with') {
        end!.rest.take();
        otherwise = [this.#block(chained, end!.rest)];
      } else {
        const closing = this.#list(['end']);
        if (closing.end!.word !== 'end') throw this.#error(closing.end!.at, 'expected end; found {{else}}');
        otherwise = closing.nodes;
      }
    }
    this.#variables.length = outer;
    return { kind, pipe, body, otherwise };
  }

  #wholePipe(cursor: Cursor, context: string): Pipe {
    const pipe = this.#pipe(cursor, context);
    const extra = cursor.peek();
    if (extra) throw this.#error(extra.at, `unexpected ${describe(extra)} in ${context}`);
    return pipe;
  }

  #pipe(cursor: Cursor, context: string): Pipe {
    const at = cursor.at;
    const { declares, assigns } = this.#declarations(cursor);
    const commands: Command[] = [this.#command(cursor, context)];
    while (cursor.takeSymbol('|')) commands.push(this.#command(cursor, context));
    if (!assigns) this.#variables.push(...declares);
    return { at, declares, assigns, commands };
  }

  #declarations(cursor: Cursor): { declares: string[]; assigns: boolean } {
    const mark = cursor.mark();
    const declares: string[] = [];
    while (cursor.peek()?.kind === 'variable') {
      declares.push(cursor.take()!.text);
      if (cursor.takeSymbol(',')) continue;
      if (cursor.takeSymbol(':=')) return { declares, assigns: false };
      if (cursor.takeSymbol('=')) return { declares, assigns: true };
      break;
    }
    cursor.reset(mark);
    return { declares: [], assigns: false };
  }

  #command(cursor: Cursor, context: string): Command {
    const start = cursor.at;
    const operands: Operand[] = [];
    for (;;) {
      const token = cursor.peek();
      if (!token || token.text === '|' || token.text === ')') break;
      operands.push(this.#operand(cursor, context));
    }
    const first = operands[0];
    if (!first) throw this.#error(cursor.at, `missing value for ${context}`);
    return { at: first.at, text: this.#text.slice(start, cursor.lastEnd), operands };
  }

  #operand(cursor: Cursor, context: string): Operand {
    const token = cursor.take()!;
    const { at, text } = token;
    switch (token.kind) {
      case 'dot':
        return { kind: 'dot', at, text };
      case 'field': {
        const path = [text.slice(1), ...cursor.takeFields()];
        // Go counts the column of `.A.B` from `.B` on (text/template/parse, operand).
        return { kind: 'field', at: path.length > 1 ? at + text.length : at, text: `.${path.join('.')}`, path };
      }
      case 'variable': {
        if (!this.#variables.includes(text)) throw this.#error(at, `undefined variable "${text}"`);
        const path = cursor.takeFields();
        return { kind: 'variable', at, text: [text, ...path].join('.'), name: text, path };
      }
      case 'string':
        return { kind: 'constant', at, text, value: text[0] === '`' ? text.slice(1, -1) : unquote(text) };
      case 'char':
        return { kind: 'constant', at, text, value: unquote(`"${text.slice(1, -1)}"`).codePointAt(0)! };
      case 'number':
        return { kind: 'constant', at, text, value: Number(text) };
      case 'word':
        if (text === 'true' || text === 'false') return { kind: 'constant', at, text, value: text === 'true' };
        if (text === 'nil') return { kind: 'nil', at, text };
        if (!this.#functions.has(text)) throw this.#error(at, `function "${text}" not defined`);
        return { kind: 'function', at, text, name: text };
      default: {
        if (text !== '(') throw this.#error(at, `unexpected ${describe(token)} in operand`);
        const pipe = this.#pipe(cursor, 'parenthesized pipeline');
        if (!cursor.takeSymbol(')')) throw this.#error(cursor.at, `unclosed left paren in ${context}`);
        const path = cursor.takeFields();
        return { kind: 'pipe', at, text: this.#text.slice(at, cursor.lastEnd), pipe, path };
      }
    }
  }

  #error(at: number, reason: string): Error {
    return templateError(this.#text, this.#name, at, reason);
  }
}

/** The tokens of one action; spaces separate operands but are otherwise skipped. */
class Cursor {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #index = 0;
  lastEnd = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  get at(): number {
    return this.peek()?.at ?? this.#end;
  }

  peek(): Token | undefined {
    while (this.#tokens[this.#index]?.kind === 'space') this.#index += 1;
    return this.#tokens[this.#index];
  }

  take(): Token | undefined {
    const token = this.peek();
    if (!token) return undefined;
    this.#index += 1;
    this.lastEnd = token.at + token.text.length;
    return token;
  }

  takeSymbol(symbol: string): boolean {
    if (this.peek()?.text !== symbol) return false;
    this.take();
    return true;
  }

  /** Fields that follow without a space. */
  takeFields(): string[] {
    const path: string[] = [];
    while (this.#tokens[this.#index]?.kind === 'field') path.push(this.take()!.text.slice(1));
    return path;
  }

  mark(): number {
    return this.#index;
  }

  reset(mark: number): void {
    this.#index = mark;
  }
}

function describe(token: Token): string {
  return `${token.kind === 'symbol' ? '' : `${token.kind} `}"${token.text}"`;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };

function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\(x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|[0-7]{3}|.)/gi, (_, sequence: string) => {
    if (/^[xu]/i.test(sequence) && sequence.length > 1)
      return String.fromCodePoint(Number.parseInt(sequence.slice(1), 16));
    if (sequence.length === 3) return String.fromCodePoint(Number.parseInt(sequence, 8));
    return ESCAPES[sequence] ?? sequence;
  });
}
