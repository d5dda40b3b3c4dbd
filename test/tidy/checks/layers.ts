import { posix } from 'node:path';
import { FACE_RANK, FOLDERS, type FolderRule } from '../rules.ts';
import { folderOf, type Import, type SourceFile } from '../source-file.ts';

/**
 * A folder imports only folders that its line in the table names, through their `index.ts`. Inside a folder files
 * import files, and never an `index.ts` of a folder that they are in.
 */
export function checkLayers(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap((file) =>
      file.imports.flatMap((item) => {
        const problem = problemWith(file.path, item);
        return problem === undefined ? [] : [`${file.path}:${item.line} imports ${item.specifier}: ${problem}`];
      }),
    );
}

function problemWith(path: string, { specifier, target }: Import): string | undefined {
  if (target === undefined) return undefined;
  if (!specifier.endsWith('.ts')) return 'relative imports end in .ts';
  const from = folderOf(path);
  const to = folderOf(target);
  if (to === undefined) return target.startsWith('src/') ? 'the front door is for users' : 'it is outside of src';
  if (from === to) {
    const isOwnIndex = posix.basename(target) === 'index.ts' && path.startsWith(`${posix.dirname(target)}/`);
    return isOwnIndex ? 'a file never imports the index of a folder that it is in' : undefined;
  }
  const rule = ruleOf(path, from);
  if (rule === undefined) return `the folder ${from} has no line in the table`;
  const rank = FOLDERS[to]?.rank;
  if (rank === undefined) return `the folder ${to} has no line in the table`;
  if (rule.uses === 'lower' ? rank >= rule.rank : !rule.uses.includes(to)) {
    return `${from ?? 'the front door'} may not use ${to}`;
  }
  return target === `src/${to}/index.ts` ? undefined : `other folders go through src/${to}/index.ts`;
}

function ruleOf(path: string, folder: string | undefined): FolderRule | undefined {
  if (folder !== undefined) return FOLDERS[folder];
  return path === 'src/index.ts' ? { rank: FACE_RANK + 1, uses: 'lower' } : undefined;
}
