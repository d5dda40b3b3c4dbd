import type { ReadFile } from './environment.ts';
import { folderOf, pathIn } from './paths.ts';
import type { ComposeFile } from './sources.ts';

/**
 * Finds Compose files by the names that were given to `--compose-file`. `-` is the standard input. The working
 * directory is that of the first file, for all of them. (cli/command/stack/loader.go)
 */
export function openComposeFiles(
  names: readonly string[],
  options: { readonly cwd: string; readonly readFile: ReadFile; readonly stdin?: string | Uint8Array },
): { readonly files: readonly ComposeFile[]; readonly workingDir: string } {
  const { cwd, readFile, stdin = '' } = options;
  const isStdinOnly = names.length === 1 && names[0] === '-';
  return {
    workingDir: isStdinOnly || names.length === 0 ? cwd : folderOf(pathIn(cwd, names[0]!)),
    files: names.map((name) => ({ name, content: name === '-' ? stdin : readFile(pathIn(cwd, name)) })),
  };
}
