import ts from 'typescript';
import { lineOf, type SourceFile, visit } from '../source-file.ts';

const SUITES = ['test', 'it', 'describe', 'bench', 'suite'];
const WAYS_OUT = ['only', 'skip', 'todo'];

/** Every test runs. One that cannot run on this machine says why: `context.skip('no Chromium here')`. */
export function checkTests(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('test/'))
    .flatMap(({ path, tree }) => {
      const problems: string[] = [];
      visit(tree, (node) => {
        const what = wayOut(node);
        if (what !== undefined) problems.push(`${path}:${lineOf(tree, node)} uses ${what}`);
      });
      return problems;
    });
}

function wayOut(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const [owner, member] = [node.expression.text, node.name.text];
    if (SUITES.includes(owner) && WAYS_OUT.includes(member)) return `${owner}.${member}`;
  }
  const isSkip =
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'skip';
  return isSkip && node.arguments.length === 0 ? 'skip() without a reason' : undefined;
}
