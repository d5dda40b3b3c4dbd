import ts from 'typescript';
import { hashOf } from '../../src/sim/index.ts';
import { type Edit, OPERATORS } from './operators.ts';

/** One place of the source, made wrong in one way. */
export interface Mutant {
  /** Stays the same while the file around it changes: a hash of what is written there and what is made of it. */
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly operator: string;
  readonly edit: Edit;
  /** The code that is replaced, in one line. */
  readonly was: string;
}

/** Every mutant of a file that the operators know, in the order of the text. */
export function mutantsOf(path: string, text: string): Mutant[] {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const mutants: Mutant[] = [];
  const alike = new Map<string, number>();
  const visit = (node: ts.Node): void => {
    if (isLeftOut(node)) return;
    for (const operator of OPERATORS) {
      for (const edit of operator.edits(node)) {
        const was = text.slice(edit.start, edit.end);
        const place = JSON.stringify([path, operator.name, statementOf(node).getText(), was, edit.text]);
        const count = alike.get(place) ?? 0;
        alike.set(place, count + 1);
        mutants.push({
          id: hashOf([place, count]).slice(0, 8),
          path,
          line: tree.getLineAndCharacterOfPosition(edit.start).line + 1,
          operator: operator.name,
          edit,
          was: was.replaceAll(/\s+/g, ' '),
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return mutants;
}

export function mutate(text: string, { start, end, text: instead }: Edit): string {
  return text.slice(0, start) + instead + text.slice(end);
}

/** What does nothing when it runs, and what only says that the program itself is wrong. */
function isLeftOut(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isThrowStatement(node) ||
    (ts.isExpressionStatement(node) && isLeftOut(node.expression)) ||
    (ts.isCallExpression(node) && ['assert', 'unreachable'].includes(node.expression.getText()))
  );
}

/** A short piece of code that holds the node, to know it again by. */
function statementOf(node: ts.Node): ts.Node {
  let found = node;
  while (found.parent && !ts.isStatement(found) && !ts.isSourceFile(found.parent)) found = found.parent;
  return found;
}
