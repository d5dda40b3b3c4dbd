import { Composer, type Document, LineCounter, Parser } from 'yaml';
import { ComposeError, type Position } from '../problem.ts';
import type { Node } from '../tree.ts';
import { buildTree, type SyntaxNode } from './build.ts';
import { indentFreeLines } from './free-lines.ts';
import { checkSyntax } from './syntax/grammar.ts';
import { SyntaxProblem } from './syntax/token.ts';

/**
 * The first document of a text as a tree, with the values that Go's YAML (which docker uses) gives to scalars; null for
 * a text without a document.
 *
 * @throws ComposeError with stage `yaml`, in the words of Go's YAML.
 */
export function parseYaml(text: string, file: string): Node | null {
  const { end, freeLines } = checked(text, file);
  const { text: indented, moved } = indentFreeLines(text.slice(0, end), freeLines);
  const lines = new LineCounter();
  const document = firstDocument(indented, lines);
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col - (moved.get(line - 1) ?? 0), 1) };
  };
  if (!document) return null;
  const [error] = [...document.errors].sort((a, b) => a.pos[0] - b.pos[0]);
  if (error) {
    // Go takes this for YAML, but our parser does not.
    const place = at(error.pos[0]);
    throw new ComposeError('yaml', `yaml: line ${place.line}: ${error.message}`, place);
  }
  if (!document.contents) return null;
  const tree = buildTree(document.contents as SyntaxNode, at);
  const isMore = /^(?!---\s*(#|$)|\.\.\.|\s*(#|$))/m.test(text.slice(end));
  return isMore && tree.kind === 'mapping' ? { ...tree, nextDocument: positionOf(text, end, file) } : tree;
}

function positionOf(text: string, offset: number, file: string): Position {
  const lines = text.slice(0, offset).split(/\r\n?|\n/);
  return { file, line: lines.length, column: lines.at(-1)!.length + 1 };
}

/** What Go's YAML has to say about the text. */
function checked(text: string, file: string): ReturnType<typeof checkSyntax> {
  try {
    return checkSyntax(text);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    const { line, column, index } = error.mark;
    const hint = text[index] === '\t' ? 'YAML is indented with spaces, not with tabs' : undefined;
    throw new ComposeError('yaml', `yaml: ${error.message}`, { file, line: line + 1, column: column + 1 }, hint);
  }
}

function firstDocument(text: string, lines: LineCounter): Document | undefined {
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    logLevel: 'silent',
    lineCounter: lines,
    strict: true,
  });
  for (const document of composer.compose(new Parser(lines.addNewLine).parse(text), true, text.length)) return document;
  return undefined;
}
