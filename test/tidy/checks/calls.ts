import ts from 'typescript';
import { BANNED_GLOBALS, BANNED_MEMBERS, REAL_TIME_ADAPTERS, REASON_FOR_ASYNC, REASON_FOR_DATE } from '../rules.ts';
import { lineOf, type SourceFile, visit } from '../source-file.ts';

/** What would make a run depend on anything but its seed is not used, outside of the adapters to the real world. */
export function checkCalls(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('src/') && !REAL_TIME_ADAPTERS.some((place) => path.startsWith(place)))
    .flatMap(({ path, tree }) => {
      const problems: string[] = [];
      const declared = declaredIn(tree);
      visit(tree, (node) => {
        const found = bannedIn(node, declared);
        if (found) problems.push(`${path}:${lineOf(tree, node)} uses ${found.what}: ${found.reason}`);
      });
      return problems;
    });
}

function bannedIn(node: ts.Node, declared: ReadonlySet<string>): { what: string; reason: string } | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const member = node.name.text;
    const owner = ts.isIdentifier(node.expression) ? node.expression.text : '';
    for (const what of [`${owner}.${member}`, `.${member}`]) {
      const reason = BANNED_MEMBERS[what];
      if (reason !== undefined && !declared.has(owner)) return { what, reason };
    }
    return owner === 'globalThis' ? bannedGlobal(member) : undefined;
  }
  if (ts.isNewExpression(node) && isDate(node.expression) && (node.arguments ?? []).length === 0) {
    return { what: 'new Date()', reason: REASON_FOR_DATE };
  }
  if (ts.isCallExpression(node) && isDate(node.expression)) return { what: 'Date()', reason: REASON_FOR_DATE };
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return { what: 'async', reason: REASON_FOR_ASYNC };
  if (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AwaitKeyword) {
    return { what: 'await', reason: REASON_FOR_ASYNC };
  }
  return ts.isIdentifier(node) && !declared.has(node.text) && !isName(node) ? bannedGlobal(node.text) : undefined;
}

function bannedGlobal(what: string): { what: string; reason: string } | undefined {
  const reason = Object.hasOwn(BANNED_GLOBALS, what) ? BANNED_GLOBALS[what] : undefined;
  return reason === undefined ? undefined : { what, reason };
}

function isDate(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'Date';
}

/** The identifier names a member, and not a variable. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  return (
    (ts.isPropertyAssignment(parent) || ts.isClassElement(parent) || ts.isTypeElement(parent)) && parent.name === node
  );
}

/** The names that the file gives to things of its own. */
function declaredIn(tree: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  visit(tree, (node) => {
    const isDeclaration =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isImportClause(node) ||
      ts.isImportSpecifier(node);
    if (isDeclaration && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text);
  });
  return names;
}
