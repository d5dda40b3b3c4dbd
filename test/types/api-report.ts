import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { compareText } from '../../src/base/index.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What users see of the package, by the names of the files that `npm run api` writes. */
export function apiReports(): ReadonlyMap<string, string> {
  return new ApiReporter(specifiersAndEntries()).reports();
}

/** `dryswarm/raft` and the file that it stands for, in the order of the manifest. */
function specifiersAndEntries(): [string, string][] {
  const manifest: { exports: object } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return Object.keys(manifest.exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => [`dryswarm${subpath.slice(1)}`, join(ROOT, 'src', subpath.slice(1), 'index.ts')]);
}

/** A declaration, as the compiler writes it for users: without comments, with all types spelled out. */
interface Declaration {
  readonly name: string;
  readonly file: DeclarationFile;
  /** More than one for overloads, and for a type and a value of one name. */
  readonly nodes: readonly ts.Statement[];
}

interface DeclarationFile {
  readonly path: string;
  readonly tree: ts.SourceFile;
  readonly declared: ReadonlyMap<string, readonly ts.Statement[]>;
  /** What is imported by name: from which specifier, and what it is called there. */
  readonly imported: ReadonlyMap<string, { readonly specifier: string; readonly name: string }>;
}

class ApiReporter {
  readonly #entries: readonly (readonly [string, string])[];
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #files = new Map<string, DeclarationFile>();

  constructor(entries: readonly (readonly [string, string])[]) {
    this.#entries = entries;
    const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
    this.#program = ts.createProgram(
      entries.map(([, path]) => path),
      {
        ...options,
        noEmit: false,
        emitDeclarationOnly: true,
        removeComments: true,
        noCheck: true,
        outDir: join(ROOT, 'declarations'),
      },
    );
    this.#checker = this.#program.getTypeChecker();
    this.#program.emit(undefined, (_, text, __, ___, sources) => {
      const path = sources?.[0]?.fileName;
      if (path) this.#files.set(path, declarationFileOf(path, text));
    });
  }

  reports(): Map<string, string> {
    const homes = new Map<Declaration, string>();
    const reports = new Map<string, string>();
    for (const [specifier, path] of this.#entries) {
      const lines: string[] = [];
      for (const { name, declaration } of this.#exportsOf(path)) {
        const home = homes.get(declaration);
        if (home === undefined) homes.set(declaration, specifier);
        lines.push(home === undefined ? textOf(declaration, name) : `export { ${name} } from '${home}';`);
      }
      reports.set(fileNameOf(specifier), pageOf(specifier, 'All that it exports.', lines));
    }
    const reached = this.#reachedFrom([...homes.keys()]).filter((declaration) => !homes.has(declaration));
    reports.set(
      'not-exported.md',
      pageOf(
        'Not exported',
        'What no entry exports, but exported declarations mention.',
        reached.sort(byPlace).map((declaration) => textOf(declaration, declaration.name)),
      ),
    );
    return reports;
  }

  #exportsOf(path: string): { name: string; declaration: Declaration }[] {
    return this.#exportedSymbols(path)
      .map((symbol) => ({ name: symbol.name, declaration: this.#declarationOf(symbol) }))
      .sort((a, b) => compareText(a.name, b.name));
  }

  #exportedSymbols(path: string): ts.Symbol[] {
    const file = this.#program.getSourceFile(path);
    const module = file && this.#checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${path} is no module`);
    return this.#checker.getExportsOfModule(module);
  }

  readonly #declarations = new Map<string, Declaration>();

  #declarationOf(symbol: ts.Symbol): Declaration {
    const target = symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    const source = target.declarations?.[0]?.getSourceFile().fileName;
    const file = source === undefined ? undefined : this.#files.get(source);
    if (!file) throw new Error(`${symbol.name} is declared nowhere in src`);
    return this.#declared(file, target.name)!;
  }

  #declared(file: DeclarationFile, name: string): Declaration | undefined {
    const key = `${file.path} ${name}`;
    const nodes = file.declared.get(name);
    if (!this.#declarations.has(key) && nodes) this.#declarations.set(key, { name, file, nodes });
    return this.#declarations.get(key);
  }

  /** One step only: what these mention in turn is how we work, such as what is in a checkpoint. */
  #reachedFrom(roots: readonly Declaration[]): Declaration[] {
    const found = roots.flatMap(({ file, nodes }) => nodes.flatMap((node) => this.#mentioned(file, node)));
    return [...new Set(found)];
  }

  #mentioned(file: DeclarationFile, statement: ts.Statement): Declaration[] {
    const found: Declaration[] = [];
    const look = (node: ts.Node): void => {
      if (isPrivate(node)) return;
      const declaration = ts.isImportTypeNode(node)
        ? this.#imported(file, specifierOf(node), node.qualifier?.getText() ?? '')
        : ts.isIdentifier(node) && isMention(node)
          ? this.#named(file, node.text)
          : undefined;
      if (declaration) found.push(declaration);
      ts.forEachChild(node, look);
    };
    look(statement);
    return found;
  }

  #named(file: DeclarationFile, name: string): Declaration | undefined {
    const imported = file.imported.get(name);
    return imported ? this.#imported(file, imported.specifier, imported.name) : this.#declared(file, name);
  }

  #imported(from: DeclarationFile, specifier: string, name: string): Declaration | undefined {
    if (!specifier.startsWith('.')) return undefined;
    const symbol = this.#exportedSymbols(join(from.path, '..', specifier)).find((item) => item.name === name);
    return symbol && this.#declarationOf(symbol);
  }
}

function declarationFileOf(path: string, text: string): DeclarationFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const declared = new Map<string, ts.Statement[]>();
  const imported = new Map<string, { specifier: string; name: string }>();
  for (const statement of tree.statements) {
    for (const name of namesDeclaredBy(statement)) declared.set(name, [...(declared.get(name) ?? []), statement]);
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    for (const { name, propertyName } of bindings.elements) {
      imported.set(name.text, { specifier: statement.moduleSpecifier.text, name: (propertyName ?? name).text });
    }
  }
  return { path, tree, declared, imported };
}

function namesDeclaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

/** A name that stands for a type, or for the value whose type it is; names of members and parameters do not. */
function isMention({ parent }: ts.Identifier): boolean {
  return (
    ts.isTypeReferenceNode(parent) ||
    ts.isTypeQueryNode(parent) ||
    ts.isExpressionWithTypeArguments(parent) ||
    ts.isQualifiedName(parent) ||
    ts.isPropertyAccessExpression(parent)
  );
}

function specifierOf({ argument }: ts.ImportTypeNode): string {
  return ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal) ? argument.literal.text : '';
}

/** What a class keeps for itself is no part of what others see. */
function isPrivate(node: ts.Node): boolean {
  if (!ts.isClassElement(node)) return false;
  return (
    (node.name !== undefined && ts.isPrivateIdentifier(node.name)) ||
    (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0
  );
}

function textOf({ name, file, nodes }: Declaration, exportedAs: string): string {
  const text = nodes.map((node) => withoutPrivate(node, file.tree)).join('\n');
  return exportedAs === name ? text : `${text}\nexport { ${name} as ${exportedAs} };`;
}

function withoutPrivate(statement: ts.Statement, tree: ts.SourceFile): string {
  const hidden = ts.isClassDeclaration(statement) ? statement.members.filter(isPrivate) : [];
  let text = tree.text.slice(statement.getFullStart(), statement.getEnd());
  for (const member of [...hidden].reverse()) {
    const start = member.getFullStart() - statement.getFullStart();
    text = text.slice(0, start) + text.slice(start + member.getFullWidth());
  }
  return text.trim().replace(/^export (declare )?|^declare /, '');
}

function pageOf(title: string, purpose: string, declarations: readonly string[]): string {
  return `# ${title}

${purpose} \`npm run api\` writes this page: its changes are for reviewers.

\`\`\`ts
${declarations.join('\n\n')}
\`\`\`
`;
}

function fileNameOf(specifier: string): string {
  return `${specifier.replace('/', '-')}.md`;
}

function byPlace(a: Declaration, b: Declaration): number {
  return compareText(relative(ROOT, a.file.path), relative(ROOT, b.file.path)) || compareText(a.name, b.name);
}
