import { Composer, type CST, type Document, LineCounter, Parser } from 'yaml';
import { ComposeError, type Position } from '../problem.ts';
import type { Node } from '../tree.ts';
import { buildTree, type SyntaxNode } from './build.ts';
import { explainSyntaxError } from './syntax-error.ts';

/** Far beyond any real file, and well within what the call stack carries. */
const MAX_DEPTH = 200;

/**
 * The first document of a text as a tree, with the values that Go's YAML (which docker uses) gives to scalars; null for
 * a text without a document.
 *
 * @throws ComposeError with stage `yaml`, in the words of Go's YAML.
 */
export function parseYaml(text: string, file: string): Node | null {
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const document = firstDocument(text, lines, at);
  if (!document) return null;
  const [error] = [...document.errors].sort((a, b) => a.pos[0] - b.pos[0]);
  if (error) throw explainSyntaxError(error, text, lines, at);
  return document.contents ? buildTree(document.contents as SyntaxNode, at) : null;
}

/** Later documents are not even read: docker stops after the first, so their mistakes do not matter. */
function firstDocument(text: string, lines: LineCounter, at: (offset: number) => Position): Document | undefined {
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    logLevel: 'silent',
    lineCounter: lines,
    strict: true,
  });
  const tokens = guardDepth(new Parser(lines.addNewLine).parse(text), at);
  for (const document of composer.compose(tokens, true, text.length)) return document;
  return undefined;
}

function* guardDepth(tokens: Iterable<CST.Token>, at: (offset: number) => Position): Generator<CST.Token> {
  for (const token of tokens) {
    refuseDeepNesting(token, at);
    yield token;
  }
}

function refuseDeepNesting(root: CST.Token, at: (offset: number) => Position): void {
  const open: { token: CST.Token; depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) {
      throw new ComposeError('yaml', `yaml: exceeded max depth of ${MAX_DEPTH}`, at(token.offset));
    }
    if (token.type === 'document') {
      if (token.value) open.push({ token: token.value, depth });
    } else if ('items' in token) {
      for (const { key, value } of token.items) {
        if (key) open.push({ token: key, depth: depth + 1 });
        if (value) open.push({ token: value, depth: depth + 1 });
      }
    }
  }
}
