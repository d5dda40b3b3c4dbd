import { MAX_LINES } from '../rules.ts';
import type { SourceFile } from '../source-file.ts';

/** A file that has grown this long holds more than one concept. */
export function checkSize(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path, lines }) => path.startsWith('src/') && lines > MAX_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines, at most ${MAX_LINES} are allowed`);
}
