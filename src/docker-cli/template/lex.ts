import { CommandFailure } from '../failure.ts';

/** A template cut into literal text and the tokens of its actions. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly at: number; readonly end: number; readonly tokens: readonly Token[] };

export interface Token {
  readonly kind: 'field' | 'variable' | 'word' | 'string' | 'char' | 'number' | 'symbol' | 'space' | 'dot';
  readonly text: string;
  readonly at: number;
}

const TOKENS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['space', /\s+/y],
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['char', /'(?:[^'\\\n]|\\.)+'/y],
  ['number', /[+-]?(?:0[xob][\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?![\p{L}\p{N}_])/iuy],
  ['field', /\.[\p{L}_][\p{L}\p{N}_]*/uy],
  ['variable', /\$[\p{L}\p{N}_]*/uy],
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['symbol', /:=|[=|(),]/y],
  ['dot', /\./y],
];

/** Splits at `{{` and `}}`, with Go's trim markers (`{{- ` and ` -}}`) and comments. */
export function lexTemplate(template: string, name: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trimNext = false;
  for (;;) {
    const open = template.indexOf('{{', at);
    let text = template.slice(at, open < 0 ? undefined : open);
    if (trimNext) text = text.replace(/^[ \t\r\n]+/, '');
    const trimsLeft = open >= 0 && /^\{\{-[ \t\r\n]/.test(template.slice(open, open + 4));
    if (trimsLeft) text = text.replace(/[ \t\r\n]+$/, '');
    if (text !== '') pieces.push({ kind: 'text', text });
    if (open < 0) return pieces;
    const start = open + (trimsLeft ? 4 : 2);
    const comment = /\/\*[\s\S]*?\*\/(\s+-)?\}\}/y;
    comment.lastIndex = start;
    const found = comment.exec(template);
    if (found) {
      at = comment.lastIndex;
      trimNext = found[1] !== undefined;
      continue;
    }
    const action = lexAction(template, start, name);
    pieces.push({ kind: 'action', at: start, end: action.end, tokens: action.tokens });
    at = action.after;
    trimNext = action.trimsRight;
  }
}

function lexAction(
  template: string,
  start: number,
  name: string,
): { tokens: Token[]; end: number; after: number; trimsRight: boolean } {
  const tokens: Token[] = [];
  let at = start;
  for (;;) {
    const close = /(\s+-)?\}\}/y;
    close.lastIndex = at;
    const found = close.exec(template);
    if (found) return { tokens, end: at, after: close.lastIndex, trimsRight: found[1] !== undefined };
    if (at >= template.length) throw templateError(template, name, start, 'unclosed action');
    const token = lexToken(template, at);
    if (!token) {
      throw templateError(template, name, at, strangeCharacter(template[at]!));
    }
    tokens.push(token);
    at += token.text.length;
    if (NAMES.includes(token.kind) && !isTerminator(template, at)) {
      throw templateError(template, name, at, `bad character ${codePoint(template[at]!)}`);
    }
  }
}

function lexToken(template: string, at: number): Token | undefined {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = at;
    const text = pattern.exec(template)?.[0];
    if (text !== undefined) return { kind, text, at };
  }
  return undefined;
}

const UNTERMINATED: Readonly<Record<string, string>> = {
  '`': 'unterminated raw quoted string',
  '"': 'unterminated quoted string',
  "'": 'unterminated character constant',
};

function strangeCharacter(char: string): string {
  return UNTERMINATED[char] ?? `unrecognized character in action: ${codePoint(char)}`;
}

const NAMES: readonly Token['kind'][] = ['field', 'variable', 'word'];

/** Whether a name may end here. (text/template/parse/lex.go, atTerminator) */
function isTerminator(template: string, at: number): boolean {
  return /(?:$|[\s.,|:)(=]|\}\})/y.test(template.slice(at, at + 2));
}

/** `%#U`. */
function codePoint(char: string): string {
  return `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} '${char}'`;
}

/** A mistake in the template's own text, with the line on which it stands. */
export function templateError(template: string, name: string, at: number, reason: string): CommandFailure {
  const line = template.slice(0, at).split('\n').length;
  return new CommandFailure(`template: ${name}:${line}: ${reason}`);
}
