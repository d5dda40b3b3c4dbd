import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import ts from 'typescript';

type Evaluate = (exports: object, require: (specifier: string) => unknown, meta: Meta) => void;

/** `import.meta`. */
interface Meta {
  readonly url: string;
  readonly dirname: string;
}

/** The one file that is not as it is on the disk. */
export interface Change {
  /** From the root. */
  readonly path: string;
  readonly text: string;
}

/**
 * The modules of a tree of TypeScript. Each import of an entry evaluates them afresh, with one of them changed; the others
 * have been compiled before. To start a process for each change would take longer than most of what it is for.
 */
export class ModuleTree {
  readonly #root: string;
  readonly #provided: Readonly<Record<string, unknown>>;
  readonly #compiled = new Map<string, Evaluate>();

  /** `provided`: packages that are not the ones that are installed. */
  constructor(root: string, provided: Readonly<Record<string, unknown>>) {
    this.#root = root;
    this.#provided = provided;
  }

  /** Imports modules, by their paths from the root, and gives what they export. */
  importer(change: Change): (path: string) => unknown {
    const installed = createRequire(join(this.#root, 'package.json'));
    const modules = new Map<string, object>();
    const load = (path: string): object => {
      const found = modules.get(path);
      if (found) return found;
      const exports = {};
      modules.set(path, exports);
      const evaluate = path === change.path ? compile(path, change.text) : this.#unchanged(path);
      const require = (specifier: string) => {
        if (specifier.startsWith('.')) return load(join(dirname(path), specifier));
        return this.#provided[specifier] ?? installed(specifier);
      };
      const file = join(this.#root, path);
      evaluate(exports, require, { url: pathToFileURL(file).href, dirname: dirname(file) });
      return exports;
    };
    return load;
  }

  #unchanged(path: string): Evaluate {
    const found = this.#compiled.get(path) ?? compile(path, readFileSync(join(this.#root, path), 'utf8'));
    this.#compiled.set(path, found);
    return found;
  }
}

function compile(path: string, text: string): Evaluate {
  const { outputText } = ts.transpileModule(text.replaceAll('import.meta.', '__meta.'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  return new Script(`(exports, require, __meta) => {${outputText}\n}`, { filename: path }).runInThisContext();
}
