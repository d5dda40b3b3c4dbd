/** The scalars, anchors, tags and directives of Go's YAML, as far as they can go wrong. (go.yaml.in/yaml/v3 scannerc.go) */
import type { Cursor } from './cursor.ts';
import { type Mark, SyntaxProblem } from './token.ts';

export function scanQuoted(cursor: Cursor, quote: '"' | "'"): undefined {
  const start = cursor.mark;
  cursor.skip();
  for (;;) {
    if (cursor.isDocumentMarker()) throw scannerProblem(cursor, start, 'found unexpected document indicator');
    if (cursor.isEnd()) throw scannerProblem(cursor, start, 'found unexpected end of stream');
    while (!cursor.isGap()) {
      if (cursor.peek() === quote) {
        if (quote === '"' || cursor.peek(1) !== "'") break;
        cursor.skip(2);
      } else if (quote === '"' && cursor.peek() === '\\') {
        if (cursor.isBreak(1)) {
          cursor.skip();
          cursor.skipLine();
          break;
        }
        scanEscape(cursor, start);
      } else cursor.skip();
    }
    if (cursor.peek() === quote) break;
    skipGaps(cursor);
  }
  cursor.skip();
  return undefined;
}

const ESCAPE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function scanEscape(cursor: Cursor, start: Mark): void {
  const kind = cursor.peek(1);
  const length = ESCAPE_LENGTHS[kind] ?? 0;
  if (length === 0 && !'0abt\tnvfre "\'\\N_LP'.includes(kind)) {
    throw scannerProblem(cursor, start, 'found unknown escape character');
  }
  cursor.skip(2);
  let digits = '';
  for (let offset = 0; offset < length; offset += 1) {
    if (!/[0-9a-fA-F]/.test(cursor.peek(offset))) {
      throw scannerProblem(cursor, start, 'did not find expected hexdecimal number');
    }
    digits += cursor.peek(offset);
  }
  const code = length === 0 ? 0 : Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw scannerProblem(cursor, start, 'found invalid Unicode character escape code');
  }
  cursor.skip(length);
}

function skipGaps(cursor: Cursor): void {
  while (!cursor.isEnd() && cursor.isGap()) {
    if (cursor.isBreak()) cursor.skipLine();
    else cursor.skip();
  }
}

/** Whether the scalar ended behind a line break, after which a simple key may begin. */
export function scanPlain(cursor: Cursor, parentIndent: number, isFlow: boolean): boolean {
  const start = cursor.mark;
  let behindBreak = false;
  for (;;) {
    if (cursor.isDocumentMarker() || cursor.peek() === '#') break;
    while (!cursor.isGap()) {
      if (cursor.peek() === ':' && cursor.isGap(1)) break;
      if (isFlow && /^[,?[\]{}]$/.test(cursor.peek())) break;
      behindBreak = false;
      cursor.skip();
    }
    if (cursor.isEnd() || !cursor.isGap()) break;
    while (!cursor.isEnd() && cursor.isGap()) {
      if (cursor.isBreak()) {
        behindBreak = true;
        cursor.skipLine();
      } else {
        if (behindBreak && cursor.column < parentIndent + 1 && cursor.peek() === '\t') {
          throw scannerProblem(cursor, start, 'found a tab character that violates indentation');
        }
        cursor.skip();
      }
    }
    if (!isFlow && cursor.column < parentIndent + 1) break;
  }
  return behindBreak;
}

export function scanBlockScalar(cursor: Cursor, parentIndent: number): void {
  const start = cursor.mark;
  cursor.skip();
  const increment = scanBlockHeader(cursor, start);
  while (cursor.isBlank()) cursor.skip();
  if (cursor.peek() === '#') cursor.skipRestOfLine();
  if (!cursor.isEnd() && !cursor.isBreak()) {
    throw scannerProblem(cursor, start, 'did not find expected comment or line break');
  }
  if (cursor.isBreak()) cursor.skipLine();
  let indent = increment > 0 ? Math.max(parentIndent, 0) + increment : 0;
  indent = scanBlockBreaks(cursor, start, indent, parentIndent);
  while (cursor.column === indent && !cursor.isEnd()) {
    cursor.skipRestOfLine();
    if (cursor.isBreak()) cursor.skipLine();
    indent = scanBlockBreaks(cursor, start, indent, parentIndent);
  }
}

function scanBlockHeader(cursor: Cursor, start: Mark): number {
  let increment = 0;
  for (let part = 0; part < 2; part += 1) {
    if (/[-+]/.test(cursor.peek())) {
      cursor.skip();
      if (part === 1) break;
    } else if (increment === 0 && /\d/.test(cursor.peek())) {
      if (cursor.peek() === '0') throw scannerProblem(cursor, start, 'found an indentation indicator equal to 0');
      increment = Number(cursor.peek());
      cursor.skip();
    }
  }
  return increment;
}

/** Goes over empty lines and finds the indentation if it is not known yet. */
function scanBlockBreaks(cursor: Cursor, start: Mark, known: number, parentIndent: number): number {
  let deepest = 0;
  for (;;) {
    while ((known === 0 || cursor.column < known) && cursor.peek() === ' ') cursor.skip();
    deepest = Math.max(deepest, cursor.column);
    if ((known === 0 || cursor.column < known) && cursor.peek() === '\t') {
      throw scannerProblem(cursor, start, 'found a tab character where an indentation space is expected');
    }
    if (!cursor.isBreak()) break;
    cursor.skipLine();
  }
  return known || Math.max(deepest, parentIndent + 1, 1);
}

/** The name of an anchor or alias. */
export function scanAnchor(cursor: Cursor): string {
  const start = cursor.mark;
  cursor.skip();
  let name = '';
  for (; /^[0-9A-Za-z_-]$/.test(cursor.peek()); cursor.skip()) name += cursor.peek();
  if (name === '' || !(cursor.isGap() || /^[?:,\]}%@`]$/.test(cursor.peek()))) {
    throw scannerProblem(cursor, start, 'did not find expected alphabetic or numeric character');
  }
  return name;
}

const URI_CHARACTER = /^[0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]%]$/;

/** The tag's handle, '' for one in angle brackets. */
export function scanTag(cursor: Cursor): string {
  const start = cursor.mark;
  let handle = '!';
  if (cursor.peek(1) === '<') {
    handle = '';
    cursor.skip(2);
    const from = cursor.index;
    while (URI_CHARACTER.test(cursor.peek())) cursor.skip();
    if (cursor.index === from) throw scannerProblem(cursor, start, 'did not find expected tag URI');
    if (cursor.peek() !== '>') throw scannerProblem(cursor, start, "did not find the expected '>'");
    cursor.skip();
  } else {
    cursor.skip();
    let name = '';
    while (/^[0-9A-Za-z_-]$/.test(cursor.peek(name.length))) name += cursor.peek(name.length);
    if (cursor.peek(name.length) === '!') {
      handle = `!${name}!`;
      cursor.skip(name.length + 1);
      if (!URI_CHARACTER.test(cursor.peek())) throw scannerProblem(cursor, start, 'did not find expected tag URI');
    }
    while (URI_CHARACTER.test(cursor.peek())) cursor.skip();
  }
  if (!cursor.isGap()) throw scannerProblem(cursor, start, 'did not find expected whitespace or line break');
  return handle;
}

/** A directive's name. What follows it is not looked at: neither of the two matters here. */
export function scanDirective(cursor: Cursor): string {
  const start = cursor.mark;
  cursor.skip();
  let name = '';
  for (; /^[0-9A-Za-z_-]$/.test(cursor.peek()); cursor.skip()) name += cursor.peek();
  if (name === '') throw scannerProblem(cursor, start, 'could not find expected directive name');
  if (!cursor.isGap()) throw scannerProblem(cursor, start, 'found unexpected non-alphabetical character');
  if (name !== 'YAML' && name !== 'TAG') throw scannerProblem(cursor, start, 'found unknown directive name');
  cursor.skipRestOfLine();
  return name;
}

export function scannerProblem(cursor: Cursor, context: Mark, problem: string): SyntaxProblem {
  return new SyntaxProblem('scanner', problem, context, cursor.mark);
}
