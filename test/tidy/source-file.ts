import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** A file as the checks see it. Paths begin at the root of the repository and have forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  readonly tree: ts.SourceFile;
}

/** Any form of it: `import`, `import type`, `export ... from`, `import('...')` as a value and as a type. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** As the other file calls them; `*` for all of them. */
  readonly names: readonly string[];
  /** Where a relative specifier leads; undefined for a package. */
  readonly target: string | undefined;
}

export interface Export {
  readonly name: string;
  readonly line: number;
  readonly isType: boolean;
}

/** The TypeScript files of these folders of the repository, as far as there are such. */
export function readTree(root: string, folders: readonly string[]): SourceFile[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => parseSource(file.slice(root.length).replaceAll('\\', '/'), readFileSync(file, 'utf8')));
}

export function parseSource(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const imports: Import[] = [];
  const exports: Export[] = [];
  visit(tree, (node) => {
    const found = importIn(node);
    if (found === undefined) return;
    const { specifier, names } = found;
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
    imports.push({ specifier, names, target, line: lineOf(tree, node) });
  });
  for (const statement of tree.statements) {
    for (const found of exportsOf(statement)) exports.push({ ...found, line: lineOf(tree, statement) });
  }
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return { path, lines, imports, exports, tree };
}

export function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** The folder of `src` that a file is part of: `raft` for `src/raft/log.ts`, undefined for `src/index.ts` and outside. */
export function folderOf(path: string): string | undefined {
  const [top, folder, ...rest] = path.split('/');
  return top === 'src' && rest.length > 0 ? folder : undefined;
}

function importIn(node: ts.Node): { specifier: string; names: string[] } | undefined {
  if (ts.isImportDeclaration(node))
    return { specifier: textOf(node.moduleSpecifier), names: namesOf(node.importClause) };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    const { exportClause } = node;
    const names =
      exportClause !== undefined && ts.isNamedExports(exportClause) ? exportClause.elements.map(originalName) : ['*'];
    return { specifier: textOf(node.moduleSpecifier), names };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { specifier: textOf(node.argument.literal), names: ['*'] };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return { specifier: node.arguments[0] ? textOf(node.arguments[0]) : '', names: ['*'] };
  }
  return undefined;
}

function textOf(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : node.getText();
}

function namesOf(clause: ts.ImportClause | undefined): string[] {
  const bindings = clause?.namedBindings;
  return [
    ...(clause?.name ? ['default'] : []),
    ...(bindings === undefined ? [] : ts.isNamespaceImport(bindings) ? ['*'] : bindings.elements.map(originalName)),
  ];
}

function originalName(element: ts.ImportSpecifier | ts.ExportSpecifier): string {
  return (element.propertyName ?? element.name).text;
}

function exportsOf(statement: ts.Statement): { name: string; isType: boolean }[] {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause, isTypeOnly } = statement;
    if (exportClause === undefined) return [];
    if (ts.isNamespaceExport(exportClause)) return [{ name: exportClause.name.text, isType: isTypeOnly }];
    return exportClause.elements.map(({ name, isTypeOnly: isType }) => ({
      name: name.text,
      isType: isTypeOnly || isType,
    }));
  }
  if (ts.isExportAssignment(statement)) return [{ name: 'default', isType: false }];
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
  if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) return [{ name: 'default', isType: false }];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [{ name: name.text, isType: false }] : [],
    );
  }
  const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  const { name } = statement as ts.DeclarationStatement;
  return name === undefined ? [] : [{ name: name.getText(), isType }];
}
