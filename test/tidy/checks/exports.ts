import { posix } from 'node:path';
import ts from 'typescript';
import { type Export, type SourceFile, visit } from '../source-file.ts';

/**
 * What a file of `src` exports, another file imports. Left out are the indexes, which speak to users, and types that
 * the file itself uses: a user or a declaration may have to name them.
 */
export function checkExports(files: readonly SourceFile[]): string[] {
  const used = new Set(
    files.flatMap(({ imports }) => imports.flatMap(({ target, names }) => names.map((name) => `${target} ${name}`))),
  );
  return files
    .filter(({ path }) => path.startsWith('src/') && posix.basename(path) !== 'index.ts' && !path.endsWith('.d.ts'))
    .filter(({ path }) => !used.has(`${path} *`))
    .flatMap((file) =>
      file.exports
        .filter((item) => !used.has(`${file.path} ${item.name}`) && !isTypeInUse(file, item))
        .map(({ name, line }) => `${file.path}:${line} exports ${name}, which no other file imports`),
    );
}

function isTypeInUse({ tree }: SourceFile, { name, isType }: Export): boolean {
  let mentions = 0;
  visit(tree, (node) => {
    if (ts.isIdentifier(node) && node.text === name) mentions += 1;
  });
  return isType && mentions > 1;
}
