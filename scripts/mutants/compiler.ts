import { join } from 'node:path';
import ts from 'typescript';
import type { Change } from './module-tree.ts';

/** Whether the compiler takes a changed file. What it makes of the files that use it is not asked. */
export class Compiler {
  readonly #root: string;
  readonly #service: ts.LanguageService;
  readonly #versions = new Map<string, number>();
  #changed: Change | undefined;

  constructor(root: string) {
    this.#root = root;
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
    const { options, fileNames } = ts.parseJsonConfigFileContent({ ...config, include: ['src'] }, ts.sys, root);
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => fileNames,
      getScriptVersion: (path) => String(this.#versions.get(path) ?? 0),
      getScriptSnapshot: (path) => {
        const text = path === this.#changed?.path ? this.#changed.text : ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
    });
  }

  takes({ path, text }: Change): boolean {
    const file = join(this.#root, path);
    this.#change(file, { path: file, text });
    const problems = this.#service.getSemanticDiagnostics(file);
    this.#change(file, undefined);
    return problems.length === 0;
  }

  #change(file: string, changed: Change | undefined): void {
    this.#changed = changed;
    this.#versions.set(file, (this.#versions.get(file) ?? 0) + 1);
  }
}
